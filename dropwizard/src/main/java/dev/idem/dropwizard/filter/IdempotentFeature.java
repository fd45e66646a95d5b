package dev.idem.dropwizard.filter;

import dev.idem.core.rollout.LiveRollout;
import dev.idem.dropwizard.Idempotent;
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
    private final MethodRoutes routes;
    private final ScopeResolver scopes;
    private final TransactionFilter transactions;
    private final ProtectionRules protection;
    private final ClaimOrder order;
    private final RequestHooks hooks;
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
        this.routes = routes;
        this.scopes = scopes;
        this.transactions = transactions;
        this.protection =
                new ProtectionRules(policies, routes, new TransactionRules(transactions.participantTypes()), bindings);
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
                            .map(route -> protection.of(method, resource.getResourceClass(), route))
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
            LocatedMethods located = LocatedMethods.of(event.getResourceModel());
            located.methods().forEach(this::expect);
            routes.requireUsed(event.getResourceModel(), located);
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
        protection
                .of(method.getHandlingMethod(), method.getHandler().getHandlerClass(), located.route())
                .ifPresent(known -> runtime.listener().routeAdded(located.route()));
    }

    /** Whether any route of a method that locators lead to may be protected. What the file says of them, only their routes tell. */
    private boolean mayBeProtected(Method method, Class<?> resource) {
        String anywhere = ProtectedMethods.httpMethodOf(method).orElse("GET") + " /…";
        return routes.mayChange(resource, method)
                && (routes.mayBeConfigured()
                        || protection.of(method, resource, anywhere).isPresent());
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
            return protection
                    .of(resource.getResourceMethod(), resource.getResourceClass(), route)
                    .<RoutedFilter.Way>map(known ->
                            new RoutedFilter.Way.Protected(filter(label, known.anonymous(), known.policy(), place)))
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
