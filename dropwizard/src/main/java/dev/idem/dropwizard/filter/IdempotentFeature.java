package dev.idem.dropwizard.filter;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.atomic.TransactionPlaces;
import dev.idem.dropwizard.route.ClaimOrder;
import dev.idem.dropwizard.route.ProtectedMethods;
import dev.idem.dropwizard.route.ResourceRoute;
import dev.idem.dropwizard.servlet.UnprotectedMethod;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts an {@link IdempotencyFilter} around each method that is {@link Idempotent} and changes something. */
public final class IdempotentFeature implements DynamicFeature {
    private final IdempotencyRuntime runtime;
    private final RoutePolicies policies;
    private final ScopeResolver scopes;
    private final TransactionFilter transactions;
    private final ClaimOrder order;

    public IdempotentFeature(
            IdempotencyRuntime runtime,
            RoutePolicies policies,
            ScopeResolver scopes,
            TransactionFilter transactions,
            ClaimOrder order) {
        this.runtime = runtime;
        this.policies = policies;
        this.scopes = scopes;
        this.transactions = transactions;
        this.order = order;
    }

    /** @throws IllegalStateException at start-up, if a method takes a transaction that it cannot have */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        Optional<Idempotent> annotation = ProtectedMethods.annotationOf(method, resource.getResourceClass());
        RoutePolicy policy = policies.named(annotation.map(Idempotent::policy).orElse(""));
        Optional<String> verb = ProtectedMethods.httpMethodOf(method).filter(policy.methods()::contains);
        boolean atomic = annotation.isPresent() && annotation.get().atomic() && verb.isPresent();
        if (!atomic && Arrays.asList(method.getParameterTypes()).contains(Handle.class)) {
            throw new IllegalStateException(method
                    + " takes the request's transaction (org.jdbi.v3.core.Handle) and has none:"
                    + " it must be POST, PUT, PATCH or DELETE, and @Idempotent(atomic = true), and its policy must"
                    + " protect its method");
        }
        if (annotation.isPresent() && verb.isPresent()) {
            if (policy.onUnknown() == OnUnknown.PROBE) {
                throw new IllegalStateException(method
                        + " cannot have policy.onUnknown probe: only a route of the gateway can ask its upstream");
            }
            if (atomic) {
                requireTransactionsAsParameters(resource.getResourceClass());
                context.register(transactions.ofRoute());
            }
            ResourceRoute route =
                    ResourceRoute.of(verb.get(), resource, annotation.get().anonymous());
            protect(
                    route,
                    atomic ? policy.with(OnUnknown.RELEASE) : policy,
                    order.of(resource, IdempotencyFilter.class),
                    context);
        } else {
            context.register(new UnprotectedMethod());
        }
    }

    private static void requireTransactionsAsParameters(Class<?> resource) {
        TransactionPlaces.outsideOfMethods(resource).ifPresent(place -> {
            throw new IllegalStateException(
                    place + " takes a transaction (org.jdbi.v3.core.Handle) that belongs to no request:"
                            + " take it as a parameter @Context Handle of the atomic method");
        });
    }

    private void protect(ResourceRoute route, RoutePolicy policy, ClaimOrder.Place place, FeatureContext context) {
        String name = route.name();
        LiveRollout rollout = runtime.rollout();
        RouteRules rules = runtime.rules(name, route.anonymous(), policy);
        ResponseWriter responses =
                new ResponseWriter(ResponseContract.of(runtime.describedBy(), policy), () -> rollout.rule(name)
                        .intervenes());
        IdempotencyFilter filter = new IdempotencyFilter(
                rules,
                runtime.completion(policy),
                scopes,
                place,
                policy.stored().maxBody(),
                responses);
        context.register(filter, IdempotencyFilter.PRIORITIES);
    }
}
