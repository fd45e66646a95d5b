package dev.idem.dropwizard.route;

import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.RoutePolicy;
import jakarta.annotation.Priority;
import jakarta.ws.rs.core.Configuration;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.server.model.Invocable;
import org.glassfish.jersey.server.model.ModelProcessor;
import org.glassfish.jersey.server.model.ResourceMethod;
import org.glassfish.jersey.server.model.ResourceModel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows under which routes requests reach each resource method, annotated or built by the application, and what the configuration says
 * of them. Learns the methods from Jersey before it configures them. Thread-safe.
 */
@Priority(Integer.MAX_VALUE) // after processors that add methods
public final class MethodRoutes implements ModelProcessor {
    /** The property of Jersey's configuration that has it. */
    public static final String PROPERTY = MethodRoutes.class.getName();

    private static final Logger log = LoggerFactory.getLogger(MethodRoutes.class);

    private final ConfiguredRoutes configured;
    private final Map<Handler, Set<String>> names = new ConcurrentHashMap<>();
    /** Of methods that have one route; of others there may be any number. */
    private final Map<Handler, Boolean> protectedAlone = new ConcurrentHashMap<>();

    private final Set<Handler> entered = ConcurrentHashMap.newKeySet();

    private record Handler(Class<?> type, Method method) {
        static Handler of(Invocable invocable) {
            return new Handler(invocable.getHandler().getHandlerClass(), invocable.getHandlingMethod());
        }
    }

    public MethodRoutes(ConfiguredRoutes configured) {
        this.configured = configured;
    }

    /** Of an application; one without the bundle has annotations only. */
    public static MethodRoutes of(Configuration jersey) {
        @Nullable MethodRoutes known = (MethodRoutes) jersey.getProperty(PROPERTY);
        return known == null ? new MethodRoutes(new ConfiguredRoutes(List.of())) : known;
    }

    @Override
    public ResourceModel processResourceModel(ResourceModel model, Configuration configuration) {
        LocatedMethods.direct(model).forEach(found -> names.computeIfAbsent(
                        Handler.of(found.method().getInvocable()), handler -> ConcurrentHashMap.newKeySet())
                .add(found.route()));
        return model;
    }

    @Override
    public ResourceModel processSubResource(ResourceModel model, Configuration configuration) {
        return model; // its paths depend on the way that led to it
    }

    /** The routes on which requests reach a method without a sub-resource locator, such as {@code POST /orders}. */
    public Set<String> direct(Class<?> type, Method method) {
        return names.getOrDefault(new Handler(type, method), Set.of());
    }

    /** The HTTP method of a route's name. */
    public static String verbOf(String route) {
        return route.substring(0, route.indexOf(' '));
    }

    /** What is configured for a route. */
    public Optional<ConfiguredRoute> configured(String route) {
        return configured.of(route);
    }

    /** Whether anything is configured for any route. */
    public boolean mayBeConfigured() {
        return !configured.isEmpty();
    }

    /** Whether a method is protected, or may be on some of its routes. */
    public boolean mayProtect(Invocable method) {
        Handler handler = Handler.of(method);
        return mayChange(handler.type(), handler.method())
                && (mayBeConfigured()
                        || ProtectedMethods.annotationOf(handler.method(), handler.type())
                                .isPresent());
    }

    /** Whether requests that may change something reach a method. One that the application has built has no {@code @POST}. */
    public boolean mayChange(Class<?> type, Method method) {
        return ProtectedMethods.httpMethodOf(method)
                        .map(RoutePolicy.CHANGING::contains)
                        .orElse(true)
                || direct(type, method).stream().map(MethodRoutes::verbOf).anyMatch(RoutePolicy.CHANGING::contains);
    }

    /** Notes that the layer learns when the method is entered. */
    public void noteEntries(Invocable method) {
        entered.add(Handler.of(method));
    }

    /**
     * Without it, what the method answers would never be stored.
     *
     * @throws IllegalStateException if the layer does not learn when the method is entered
     */
    public void requireEntries(Class<?> type, Method method) {
        if (!entered.contains(new Handler(type, method))) {
            throw new IllegalStateException(method + " is not called through the idempotency layer: another"
                    + " ResourceMethodInvocationHandlerProvider comes before the layer's. Bind it with ranked() below "
                    + Integer.MAX_VALUE);
        }
    }

    /**
     * Checks that each entry of the configuration is for a method. Where only a request can tell, the log warns of it.
     *
     * @throws IllegalArgumentException if an entry is for none; the message says what it should be
     */
    public void requireUsed(ResourceModel model, LocatedMethods located) {
        Set<String> known = Stream.concat(LocatedMethods.direct(model), located.methods().stream())
                .filter(found -> RoutePolicy.CHANGING.contains(found.method().getHttpMethod()))
                .map(LocatedMethods.Located::route)
                .collect(Collectors.toCollection(TreeSet::new));
        configured
                .requireUsed(known, located.open())
                .forEach(fault -> log.warn(
                        "{}. It is accepted, since a sub-resource locator may lead to such a method when a request comes."
                                + " Check how it is written",
                        fault));
    }

    /** Whether the layer protects the method that a request has matched, as far as its policy leaves that open. */
    public boolean protects(ExtendedUriInfo uri) {
        @Nullable ResourceMethod matched = uri.getMatchedResourceMethod();
        if (matched == null || !RoutePolicy.CHANGING.contains(matched.getHttpMethod())) {
            return false;
        }
        Handler handler = Handler.of(matched.getInvocable());
        Set<String> direct = names.getOrDefault(handler, Set.of());
        boolean isAlone = direct.size() == 1 && uri.getMatchedResourceLocators().isEmpty();
        return isAlone
                ? protectedAlone.computeIfAbsent(
                        handler, only -> protects(only, direct.iterator().next()))
                : protects(handler, ResourceRoute.nameOf(matched.getHttpMethod(), uri));
    }

    private boolean protects(Handler handler, String route) {
        return configured(route).map(ConfiguredRoute::isProtected).orElseGet(() -> ProtectedMethods.annotationOf(
                        handler.method(), handler.type())
                .isPresent());
    }
}
