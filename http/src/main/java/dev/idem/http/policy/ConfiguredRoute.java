package dev.idem.http.policy;

import dev.idem.http.key.KeySource;
import java.util.Optional;
import java.util.Set;

/**
 * What {@code idempotency.routes} says of the resource methods at one path.
 *
 * @param place in the file, such as {@code idempotency.routes[0]}
 * @param path a template as JAX-RS has them; with {@code /**} at its end it stands for all paths below, too
 * @param methods the HTTP methods that it names; empty for all that may change something
 * @param policy of these methods; empty for the one that the method's annotation names, or else the usual one
 * @param keyFrom where that policy says that keys are; empty if it does not say
 * @param anonymous whether unauthenticated callers may use keys; empty for what the annotation says
 * @param isProtected false for methods whose protection is switched off
 */
public record ConfiguredRoute(
        String place,
        String path,
        Set<String> methods,
        Optional<RoutePolicy> policy,
        Optional<KeySource> keyFrom,
        Optional<Boolean> anonymous,
        boolean isProtected) {

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public ConfiguredRoute {
        if (!RoutePolicy.mayProtect(methods)) {
            throw new IllegalArgumentException(
                    place + ".methods must be of POST, PUT, PATCH and DELETE, not " + methods);
        }
        methods = Set.copyOf(methods);
        if (!isProtected && (policy.isPresent() || anonymous.isPresent())) {
            throw new IllegalArgumentException(
                    place
                            + ".protect must be true, or policy and anonymous be left out: a method without protection has neither");
        }
        if (policy.isPresent() && !policy.get().methods().containsAll(methods)) {
            throw new IllegalArgumentException(place + ".methods must be of those that its policy protects, which are "
                    + policy.get().methods() + ", not " + methods);
        }
    }

    /** Whether it says something of an HTTP method. */
    public boolean names(String method) {
        return RoutePolicy.CHANGING.contains(method) && (methods.isEmpty() || methods.contains(method));
    }
}
