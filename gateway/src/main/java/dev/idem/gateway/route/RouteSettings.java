package dev.idem.gateway.route;

import dev.idem.gateway.body.MinimumBodyRate;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a route.
 *
 * @param prefix whole segments of the path, such as {@code /orders}
 * @param timeout how long the upstream may take for a protected request, and the longest silence of any request
 * @param requestBody how fast a client must send a body
 * @param policy the rules for requests of its methods; other methods are forwarded as they are
 * @param jwt which tokens are accepted, if the scope or {@code replayAuth} needs them
 * @param upstreamKeyHeader the header in which the upstream receives the key; empty for the client's own header
 * @param outcomeProbe the path at which the upstream is asked whether a request took effect
 * @param trustForwarded whether the client's headers about its origin are forwarded
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

    /** The headers that the route's rules read, besides the usual ones, in lower case. */
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
