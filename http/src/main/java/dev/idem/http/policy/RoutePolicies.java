package dev.idem.http.policy;

import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The policies of an application.
 *
 * @param usual of routes that name no policy
 * @param named of routes that name one
 */
public record RoutePolicies(RoutePolicy usual, Map<String, RoutePolicy> named) {

    public RoutePolicies {
        named = Map.copyOf(named);
    }

    /** The longest request body that any route accepts, bytes. */
    public long largestRequestBody() {
        return Stream.concat(Stream.of(usual), named.values().stream())
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
