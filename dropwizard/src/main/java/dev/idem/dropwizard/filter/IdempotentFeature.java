package dev.idem.dropwizard.filter;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.http.decision.IdempotencyRuntime;
import dev.idem.http.decision.ResponseContract;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Puts the filters around each method that is {@link Idempotent} and changes something. */
public final class IdempotentFeature implements DynamicFeature {
    private final IdempotencyRuntime protection;
    private final RoutePolicies policies;
    private final ScopeResolver scopes;
    private final ResponseStorage storage;
    private final TransactionFilter transactions;

    public IdempotentFeature(
            IdempotencyRuntime protection,
            RoutePolicies policies,
            ScopeResolver scopes,
            ObjectMapper mapper,
            TransactionFilter transactions) {
        this.protection = protection;
        this.policies = policies;
        this.scopes = scopes;
        this.storage = new ResponseStorage(protection.settlements(), mapper);
        this.transactions = transactions;
    }

    /** @throws IllegalStateException at start-up, if a method takes a transaction that it cannot have */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Optional<Idempotent> annotation = annotationOf(resource.getResourceMethod(), resource.getResourceClass());
        RoutePolicy policy = policies.named(annotation.map(Idempotent::policy).orElse(""));
        Optional<String> method = httpMethodOf(resource.getResourceMethod()).filter(policy.methods()::contains);
        boolean atomic = annotation.isPresent() && annotation.get().atomic() && method.isPresent();
        if (!atomic && takesTransaction(resource.getResourceMethod())) {
            throw new IllegalStateException(resource.getResourceMethod()
                    + " takes the request's transaction (org.jdbi.v3.core.Handle) and has none:"
                    + " it must be POST, PUT, PATCH or DELETE, and @Idempotent(atomic = true), and its policy must"
                    + " protect its method");
        }
        if (annotation.isPresent() && method.isPresent()) {
            if (policy.onUnknown() == OnUnknown.PROBE) {
                throw new IllegalStateException(
                        resource.getResourceMethod() + " cannot be asked what became of a request: only a route of the"
                                + " gateway can have policy.onUnknown probe");
            }
            if (atomic) {
                context.register(transactions);
            }
            ResourceRoute route =
                    ResourceRoute.of(method.get(), resource, annotation.get().anonymous());
            RouteRules rules =
                    protection.rules(route.name(), route.anonymous(), atomic ? policy.with(OnUnknown.RELEASE) : policy);
            context.register(new ClaimFilter(policy, scopes, rules, protection.settlements(), protection.memory()));
            context.register(new CompletionFilter(policy, storage));
            context.register(new ShadowFilter(policy.stored(), protection.settlements()));
            context.register(new ContractHeaders(
                    ResponseContract.of(protection.describedBy(), policy),
                    () -> protection.rollout().rule(route.name()).intervenes()));
            context.register(new ResponseCaptureInterceptor(storage));
        }
    }

    /** To be registered beside this feature, once. */
    public Object leakGuard() {
        return new UnfinishedLeaseCleanup(storage, protection.settlements());
    }

    static boolean isProtected(Method method, Class<?> resource) {
        return annotationOf(method, resource).isPresent()
                && httpMethodOf(method).filter(RoutePolicy.CHANGING::contains).isPresent();
    }

    private static boolean takesTransaction(Method method) {
        return Arrays.asList(method.getParameterTypes()).contains(Handle.class);
    }

    private static Optional<Idempotent> annotationOf(Method method, Class<?> resource) {
        return AnnotationLookup.ofMethod(method, Idempotent.class)
                .or(() -> AnnotationLookup.ofClass(resource, Idempotent.class));
    }

    private static Optional<String> httpMethodOf(Method method) {
        return AnnotationLookup.allOf(method)
                .flatMap(declaration -> Arrays.stream(declaration.getAnnotations()))
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value)
                .findFirst();
    }
}
