package dev.idem.http.policy;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies of an application.
 *
 * @param usual of routes that name no policy
 * @param named of routes that name one
 * @param routes of paths that the configuration names
 */
public record RoutePolicies(RoutePolicy usual, Map<String, RoutePolicy> named, List<ConfiguredRoute> routes) {

    public RoutePolicies {
        named = Map.copyOf(named);
        routes = List.copyOf(routes);
    }

    /** The longest request body that any route accepts, bytes. */
    public long largestRequestBody() {
        return Stream.of(
                        Stream.of(usual),
                        named.values().stream(),
                        routes.stream().flatMap(route -> route.policy().stream()))
                .flatMap(policies -> policies)
                .mapToLong(RoutePolicy::maxRequestBody)
                .max()
                .orElseThrow();
    }

    /**
     * Finds a policy.
     *
     * @param name empty for the usual one
     * @throws IllegalStateException if there is none of this name
     */
    public RoutePolicy named(String name) {
        if (name.isEmpty()) {
            return usual;
        }
        @Nullable RoutePolicy policy = named.get(name);
        if (policy == null) {
            throw new IllegalStateException("idempotency.policies must have the policy '" + name
                    + "', which a resource names; it has " + new TreeSet<>(named.keySet()));
        }
        return policy;
    }
}
