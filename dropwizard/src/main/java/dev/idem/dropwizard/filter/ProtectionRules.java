package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.Isolation;
import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.atomic.TransactionRules;
import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.dropwizard.route.ProtectedMethods;
import dev.idem.http.key.KeySource;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.TreeSet;

/** How a resource method is protected on a route: by its annotation and by the configuration, which wins. Immutable. */
final class ProtectionRules {
    private final RoutePolicies policies;
    private final MethodRoutes routes;
    private final TransactionRules transactions;
    private final OwnBindings bindings;

    /**
     * Of a protected method on one route.
     *
     * @param anonymous whether unauthenticated callers may use keys
     */
    record Protection(boolean anonymous, RoutePolicy policy) {}

    ProtectionRules(RoutePolicies policies, MethodRoutes routes, TransactionRules transactions, OwnBindings bindings) {
        this.policies = policies;
        this.routes = routes;
        this.transactions = transactions;
        this.bindings = bindings;
    }

    /**
     * Decides for one route.
     *
     * @param route such as {@code POST /orders}
     * @return empty for a method that is not protected
     * @throws IllegalStateException if annotation, configuration and the method itself contradict each other
     */
    Optional<Protection> of(Method method, Class<?> resource, String route) {
        Optional<Idempotent> annotation = ProtectedMethods.annotationOf(method, resource);
        RoutePolicy annotated =
                policies.named(annotation.map(Idempotent::policy).orElse(""));
        Optional<ConfiguredRoute> configured = routes.configured(route);
        RoutePolicy policy = configured.flatMap(ConfiguredRoute::policy).orElse(annotated);
        String verb = MethodRoutes.verbOf(route);
        boolean wanted = RoutePolicy.CHANGING.contains(verb)
                && configured.map(ConfiguredRoute::isProtected).orElse(annotation.isPresent());
        boolean isProtected = wanted && policy.methods().contains(verb);
        boolean atomic =
                isProtected && annotation.isPresent() && annotation.get().atomic();
        if (!atomic) {
            requireNotAtomic(method, annotation, configured);
        }
        if (wanted && !isProtected) {
            requireMayPass(method, route, policy, annotation, configured);
        }
        if (!isProtected) {
            return Optional.empty();
        }
        if (policy.onUnknown() == OnUnknown.PROBE) {
            throw new IllegalStateException(
                    method + " cannot have policy.onUnknown probe: only a route of the gateway can ask its upstream");
        }
        if (atomic) {
            transactions.requireAtomic(method, resource);
        }
        boolean anonymous = configured
                .flatMap(ConfiguredRoute::anonymous)
                .orElse(annotation.isPresent() && annotation.get().anonymous());
        RoutePolicy withKeys = annotation
                .map(declared -> withKeys(policy, declared, method, configured))
                .orElse(policy);
        return Optional.of(new Protection(anonymous, atomic ? withKeys.with(OnUnknown.RELEASE) : withKeys));
    }

    private void requireNotAtomic(
            Method method, Optional<Idempotent> annotation, Optional<ConfiguredRoute> configured) {
        configured.filter(entry -> !entry.isProtected()).ifPresent(entry -> {
            if (annotation.filter(Idempotent::atomic).isPresent()) {
                throw new IllegalStateException(entry.place() + ".protect must not be false for " + method
                        + ", which is atomic: it works in the transaction that its protection gives it");
            }
        });
        transactions.requireNotAtomic(
                method,
                annotation
                        .filter(declared -> !declared.atomic())
                        .map(Idempotent::isolation)
                        .orElse(Isolation.DEFAULT),
                bindings::have);
    }

    /** An annotation may name a policy that leaves its method out. The file or a transaction says more than that. */
    private static void requireMayPass(
            Method method,
            String route,
            RoutePolicy policy,
            Optional<Idempotent> annotation,
            Optional<ConfiguredRoute> configured) {
        String verb = MethodRoutes.verbOf(route);
        TreeSet<String> covered = new TreeSet<>(policy.methods());
        configured.ifPresent(entry -> {
            throw new IllegalStateException(entry.place()
                    + ".methods must be of those that the policy protects, which are " + covered
                    + ": without " + verb + " it protects nothing of " + route + ". Name the methods that you mean,"
                    + " or choose a policy whose methods have " + verb);
        });
        if (annotation.filter(Idempotent::atomic).isPresent()) {
            throw new IllegalStateException(
                    method + " is atomic, and its policy must protect its method: policy.methods are " + covered
                            + ", without " + verb + ". It would have neither protection nor a transaction");
        }
    }

    /** The method's own place of the key counts, since its code defines the body. */
    private static RoutePolicy withKeys(
            RoutePolicy policy, Idempotent annotation, Method method, Optional<ConfiguredRoute> configured) {
        if (annotation.keyFrom().isEmpty()) {
            return policy;
        }
        KeySource own = keyFrom(annotation, method);
        configured
                .filter(entry ->
                        entry.keyFrom().filter(other -> !other.equals(own)).isPresent())
                .ifPresent(entry -> {
                    throw new IllegalStateException(entry.place() + ".policy must not say keyFrom for " + method
                            + ", whose annotation has keyFrom = " + annotation.keyFrom()
                            + ": the annotation counts. Choose a policy without keyFrom, or with the same");
                });
        return policy.with(policy.keys().with(own));
    }

    private static KeySource keyFrom(Idempotent annotation, Method method) {
        try {
            return KeySource.of(annotation.keyFrom());
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("@Idempotent on " + method + ": " + e.getMessage(), e);
        }
    }
}
