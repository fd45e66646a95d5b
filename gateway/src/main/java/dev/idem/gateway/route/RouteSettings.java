package dev.idem.gateway.route;

import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A route as it is configured.
 *
 * @param prefix whole segments of the path, such as {@code /orders}
 * @param timeout how long the upstream may take for a protected request, and how long it may be silent for any
 * @param requestBody how fast a client has to send a body
 * @param policy the rules for requests of its methods; other methods pass
 * @param jwt which tokens are believed, where the scope or {@code replayAuth} has need of it
 * @param upstreamKeyHeader the header by which the upstream is told the key; empty for the one the client sends, as it is
 * @param outcomeProbe the path by which the upstream is asked whether a request took effect
 * @param trustForwarded whether what the client says of its own origin is passed on
 */
public record RouteSettings(
        String prefix,
        UpstreamSettings upstream,
        ScopeRule scope,
        Duration timeout,
        MinimumBodyRate requestBody,
        RoutePolicy policy,
        Optional<JwtSettings> jwt,
        ReplayAuth replayAuth,
        Optional<String> upstreamKeyHeader,
        Optional<KeyPathTemplate> outcomeProbe,
        HostHeader host,
        boolean trustForwarded) {

    /** The headers by which requests are told apart here, beside the usual ones; in lower case. */
    public Set<String> headersItGoesBy() {
        Set<String> names = new HashSet<>(policy.comparison().rules().headers());
        names.addAll(policy.comparison().callers().headers());
        names.add(policy.keys().header().toLowerCase(Locale.ROOT));
        upstreamKeyHeader.ifPresent(name -> names.add(name.toLowerCase(Locale.ROOT)));
        if (scope instanceof ScopeRule.Header header) {
            names.add(header.name().toLowerCase(Locale.ROOT));
        }
        return names;
    }
}
