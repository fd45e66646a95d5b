package dev.idem.service.gateway.route;

import dev.idem.dropwizard.policy.RoutePolicy;
import dev.idem.service.body.BodyPace;
import java.time.Duration;
import java.util.Optional;

/**
 * A route as it is configured.
 *
 * @param prefix whole segments of the path, such as {@code /orders}
 * @param timeout how long the upstream may take for a protected request, and how long it may be silent for any
 * @param requestBody how fast a client has to send a body
 * @param policy the rules for requests of its methods; other methods pass
 * @param jwt which tokens are believed, where the scope or {@code replayAuth} has need of it
 * @param upstreamKeyHeader the header by which the upstream is told the key; empty for the one the client sends, as it is
 * @param outcomeProbe a path with {@code {key}} in it, by which the upstream is asked whether a request took effect
 * @param trustForwarded whether what the client says of its own origin is passed on
 */
public record RouteSettings(
        String prefix,
        UpstreamSettings upstream,
        ScopeRule scope,
        Duration timeout,
        BodyPace requestBody,
        RoutePolicy policy,
        Optional<JwtSettings> jwt,
        ReplayAuth replayAuth,
        Optional<String> upstreamKeyHeader,
        Optional<String> outcomeProbe,
        HostHeader host,
        boolean trustForwarded) {}
