package dev.idem.dropwizard.filter;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.Isolation;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.atomic.TransactionRules;
import dev.idem.dropwizard.hook.HooksOfRequest;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.dropwizard.problem.MisconfiguredMethod;
import dev.idem.dropwizard.route.ClaimOrder;
import dev.idem.dropwizard.route.LocatedMethods;
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
import java.util.Optional;
import java.util.function.Function;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an {@link IdempotencyFilter} around each method that is {@link Idempotent} and changes something. What is wrong with an
 * annotation stops the start; where Jersey learns of a method by a request, it refuses the method's requests.
 */
public final class IdempotentFeature implements DynamicFeature, ApplicationEventListener {
    private static final Logger log = LoggerFactory.getLogger(IdempotentFeature.class);

    private final IdempotencyRuntime runtime;
    private final RoutePolicies policies;
    private final ScopeResolver scopes;
    private final TransactionFilter transactions;
    private final TransactionRules transactionRules;
    private final ClaimOrder order;
    private final RequestHooks hooks;
    private volatile boolean started;

    public IdempotentFeature(
            IdempotencyRuntime runtime,
            RoutePolicies policies,
            ScopeResolver scopes,
            TransactionFilter transactions,
            ClaimOrder order,
            RequestHooks hooks) {
        this.runtime = runtime;
        this.policies = policies;
        this.scopes = scopes;
        this.transactions = transactions;
        this.transactionRules = new TransactionRules(transactions.participantTypes());
        this.order = order;
        this.hooks = hooks;
    }

    /** @throws IllegalStateException at start-up, if a method takes a transaction that it cannot have */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        try {
            protection(resource.getResourceMethod(), resource.getResourceClass())
                    .ifPresentOrElse(
                            protection -> protect(resource, protection, context),
                            () -> context.register(new UnprotectedMethod()));
        } catch (IllegalStateException e) {
            if (!started) {
                throw e;
            }
            log.error("{} refuses all requests: {}", resource.getResourceMethod(), e.getMessage());
            context.register(new MisconfiguredMethod());
        }
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
            LocatedMethods.of(event.getResourceModel()).forEach(this::expect);
            started = true;
        }
    }

    @Override
    public @Nullable RequestEventListener onRequest(RequestEvent start) {
        return null;
    }

    /** Checks a method that Jersey configures when the first request comes. */
    private void expect(LocatedMethods.Located located) {
        Invocable method = located.method().getInvocable();
        protection(method.getHandlingMethod(), method.getHandler().getHandlerClass())
                .ifPresent(protection ->
                        runtime.listener().routeAdded(ResourceRoute.name(protection.verb(), located.path())));
    }

    private record Protection(Idempotent annotation, RoutePolicy policy, String verb) {}

    private Optional<Protection> protection(Method method, Class<?> resource) {
        Optional<Idempotent> annotation = ProtectedMethods.annotationOf(method, resource);
        RoutePolicy policy = policies.named(annotation.map(Idempotent::policy).orElse(""));
        Optional<String> verb = ProtectedMethods.httpMethodOf(method).filter(policy.methods()::contains);
        boolean atomic = annotation.isPresent() && annotation.get().atomic() && verb.isPresent();
        if (!atomic) {
            transactionRules.requireNotAtomic(
                    method,
                    annotation
                            .filter(declared -> !declared.atomic())
                            .map(Idempotent::isolation)
                            .orElse(Isolation.DEFAULT));
        }
        if (annotation.isEmpty() || verb.isEmpty()) {
            return Optional.empty();
        }
        if (policy.onUnknown() == OnUnknown.PROBE) {
            throw new IllegalStateException(
                    method + " cannot have policy.onUnknown probe: only a route of the gateway can ask its upstream");
        }
        if (atomic) {
            transactionRules.requireAtomic(method, resource);
        }
        return Optional.of(
                new Protection(annotation.get(), atomic ? policy.with(OnUnknown.RELEASE) : policy, verb.get()));
    }

    private void protect(ResourceInfo resource, Protection protection, FeatureContext context) {
        boolean anonymous = protection.annotation().anonymous();
        if (protection.annotation().atomic()) {
            context.register(transactions.ofRoute(protection.annotation().isolation()));
        }
        ClaimOrder.Place place = order.of(resource, RoutedFilter.class);
        Function<String, IdempotencyFilter> filters = name -> filter(name, anonymous, protection.policy(), place);
        Optional<IdempotencyFilter> direct = Optional.of(ResourceRoute.of(protection.verb(), resource, anonymous))
                .filter(route -> ResourceRoute.hasPath(resource.getResourceClass()))
                .map(route -> filters.apply(route.name()));
        context.register(
                new RoutedFilter(direct, uri -> ResourceRoute.nameOf(protection.verb(), uri), filters),
                IdempotencyFilter.PRIORITIES);
    }

    private IdempotencyFilter filter(String route, boolean anonymous, RoutePolicy policy, ClaimOrder.Place place) {
        LiveRollout rollout = runtime.rollout();
        RouteRules rules = runtime.rules(route, anonymous, policy);
        ResponseWriter responses =
                new ResponseWriter(ResponseContract.of(runtime.describedBy(), policy), () -> rollout.rule(route)
                        .intervenes());
        return new IdempotencyFilter(
                rules,
                runtime.completion(policy),
                scopes,
                place,
                policy.stored().maxBody(),
                responses,
                scope -> new HooksOfRequest(hooks, route, scope));
    }
}
