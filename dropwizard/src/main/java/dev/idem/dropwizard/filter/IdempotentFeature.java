package dev.idem.dropwizard.filter;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.dropwizard.Idempotent;
import dev.idem.dropwizard.atomic.Isolation;
import dev.idem.dropwizard.atomic.OwnBindings;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.atomic.TransactionRules;
import dev.idem.dropwizard.context.UnprotectedMethod;
import dev.idem.dropwizard.hook.HooksOfRequest;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.dropwizard.problem.MisconfiguredMethod;
import dev.idem.dropwizard.route.ClaimOrder;
import dev.idem.dropwizard.route.LocatedMethods;
import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.dropwizard.route.ProtectedMethods;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.completion.ResponseContract;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.key.KeySource;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts an {@link IdempotencyFilter} around each method that changes something and that is {@link Idempotent}, or protected by
 * {@code idempotency.routes}, which wins over the annotation. What is wrong with either stops the start; where Jersey learns of a
 * method by a request, it refuses the method's requests.
 */
public final class IdempotentFeature implements DynamicFeature, ApplicationEventListener {
    private static final Logger log = LoggerFactory.getLogger(IdempotentFeature.class);

    private final IdempotencyRuntime runtime;
    private final RoutePolicies policies;
    private final MethodRoutes routes;
    private final ScopeResolver scopes;
    private final TransactionFilter transactions;
    private final TransactionRules transactionRules;
    private final ClaimOrder order;
    private final RequestHooks hooks;
    private final OwnBindings bindings;
    private volatile boolean started;

    public IdempotentFeature(
            IdempotencyRuntime runtime,
            RoutePolicies policies,
            MethodRoutes routes,
            ScopeResolver scopes,
            TransactionFilter transactions,
            OwnBindings bindings,
            ClaimOrder order,
            RequestHooks hooks) {
        this.runtime = runtime;
        this.policies = policies;
        this.routes = routes;
        this.scopes = scopes;
        this.transactions = transactions;
        this.transactionRules = new TransactionRules(transactions.participantTypes());
        this.bindings = bindings;
        this.order = order;
        this.hooks = hooks;
    }

    /** @throws IllegalStateException at start-up, if a method takes a transaction that it cannot have */
    @Override
    public void configure(ResourceInfo resource, FeatureContext context) {
        Method method = resource.getResourceMethod();
        Set<String> direct = started ? Set.of() : routes.direct(resource.getResourceClass(), method);
        try {
            boolean isProtected = direct.isEmpty()
                    ? mayBeProtected(method, resource.getResourceClass())
                    : direct.stream()
                            .map(route -> protection(method, resource.getResourceClass(), route))
                            .toList() // all are checked
                            .stream()
                            .anyMatch(Optional::isPresent);
            if (isProtected) {
                protect(resource, direct, context);
            } else {
                context.register(new UnprotectedMethod());
            }
        } catch (IllegalStateException e) {
            if (!started) {
                throw e;
            }
            context.register(refusing(method, e));
        }
    }

    private static MisconfiguredMethod refusing(Method method, IllegalStateException why) {
        log.error("{} refuses all requests: {}", method, why.getMessage());
        return new MisconfiguredMethod();
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        if (event.getType() == ApplicationEvent.Type.INITIALIZATION_FINISHED) {
            LocatedMethods.of(event.getResourceModel()).forEach(this::expect);
            routes.requireUsed(event.getResourceModel());
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
        protection(method.getHandlingMethod(), method.getHandler().getHandlerClass(), located.route())
                .ifPresent(protection -> runtime.listener().routeAdded(located.route()));
    }

    private record Protection(boolean anonymous, RoutePolicy policy) {}

    /** Whether any route of a method that locators lead to may be protected. */
    private boolean mayBeProtected(Method method, Class<?> resource) {
        String anywhere = ProtectedMethods.httpMethodOf(method).orElse("GET") + " /…";
        return protection(method, resource, anywhere).isPresent() || routes.mayBeConfigured();
    }

    private Optional<Protection> protection(Method method, Class<?> resource, String route) {
        Optional<Idempotent> annotation = ProtectedMethods.annotationOf(method, resource);
        RoutePolicy annotated =
                policies.named(annotation.map(Idempotent::policy).orElse(""));
        Optional<ConfiguredRoute> configured = routes.configured(route);
        RoutePolicy policy = configured.flatMap(ConfiguredRoute::policy).orElse(annotated);
        boolean isProtected = policy.methods().contains(route.substring(0, route.indexOf(' ')))
                && configured.map(ConfiguredRoute::isProtected).orElse(annotation.isPresent());
        boolean atomic =
                isProtected && annotation.isPresent() && annotation.get().atomic();
        if (!atomic) {
            configured
                    .filter(entry -> !entry.isProtected())
                    .ifPresent(entry -> requireNotAtomic(method, annotation, entry));
            transactionRules.requireNotAtomic(
                    method,
                    annotation
                            .filter(declared -> !declared.atomic())
                            .map(Idempotent::isolation)
                            .orElse(Isolation.DEFAULT),
                    bindings::have);
        }
        if (!isProtected) {
            return Optional.empty();
        }
        if (policy.onUnknown() == OnUnknown.PROBE) {
            throw new IllegalStateException(
                    method + " cannot have policy.onUnknown probe: only a route of the gateway can ask its upstream");
        }
        if (atomic) {
            transactionRules.requireAtomic(method, resource);
        }
        boolean anonymous = configured
                .flatMap(ConfiguredRoute::anonymous)
                .orElse(annotation.isPresent() && annotation.get().anonymous());
        RoutePolicy withKeys =
                annotation.map(declared -> withKeys(policy, declared, method)).orElse(policy);
        return Optional.of(new Protection(anonymous, atomic ? withKeys.with(OnUnknown.RELEASE) : withKeys));
    }

    private static RoutePolicy withKeys(RoutePolicy policy, Idempotent annotation, Method method) {
        if (annotation.keyFrom().isEmpty()) {
            return policy;
        }
        try {
            return policy.with(policy.keys().with(KeySource.of(annotation.keyFrom())));
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException("@Idempotent on " + method + ": " + e.getMessage(), e);
        }
    }

    private static void requireNotAtomic(Method method, Optional<Idempotent> annotation, ConfiguredRoute switchedOff) {
        if (annotation.filter(Idempotent::atomic).isPresent()) {
            throw new IllegalStateException(switchedOff.place() + ".protect must not be false for " + method
                    + ", which is atomic: it works in the transaction that its protection gives it");
        }
    }

    private void protect(ResourceInfo resource, Set<String> direct, FeatureContext context) {
        routes.requireEntries(resource.getResourceClass(), resource.getResourceMethod());
        ProtectedMethods.annotationOf(resource.getResourceMethod(), resource.getResourceClass())
                .filter(Idempotent::atomic)
                .ifPresent(annotation -> context.register(transactions.ofRoute(annotation.isolation())));
        ClaimOrder.Place place = order.of(resource, RoutedFilter.class);
        BiFunction<String, String, RoutedFilter.Way> ways = (route, label) -> way(resource, route, label, place);
        Optional<RoutedFilter.Way> only = direct.stream()
                .filter(route -> direct.size() == 1)
                .map(route -> ways.apply(route, route))
                .findFirst();
        context.register(new RoutedFilter(only, routes, ways), IdempotencyFilter.PRIORITIES);
    }

    private RoutedFilter.Way way(ResourceInfo resource, String route, String label, ClaimOrder.Place place) {
        try {
            return protection(resource.getResourceMethod(), resource.getResourceClass(), route)
                    .<RoutedFilter.Way>map(protection -> new RoutedFilter.Way.Protected(
                            filter(label, protection.anonymous(), protection.policy(), place)))
                    .orElseGet(() -> new RoutedFilter.Way.Other(new UnprotectedMethod()));
        } catch (IllegalStateException e) {
            return new RoutedFilter.Way.Other(refusing(resource.getResourceMethod(), e));
        }
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
