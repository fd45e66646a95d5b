package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.route.MethodRoutes;
import dev.idem.dropwizard.route.ResourceRoute;
import dev.idem.http.policy.ConfiguredRoute;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link IdempotencyFilter} of a request's route. A method has one route, or as many as sub-resource locators lead to it.
 * The configuration may protect some of them only. Thread-safe.
 */
@Priority(Integer.MIN_VALUE) // as IdempotencyFilter
final class RoutedFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {
    private static final String PROPERTY = RoutedFilter.class.getName();

    /** Locators that lead back to themselves have any number of routes, and each route is a label of metrics. */
    private static final int MOST_ROUTES = 64;

    private final Optional<Way> direct;
    private final MethodRoutes routes;
    private final BiFunction<String, String, Way> ways;
    private final Map<String, Way> known = new ConcurrentHashMap<>();

    /** What requests of one route pass through. */
    sealed interface Way {
        /** The layer. */
        record Protected(IdempotencyFilter filter) implements Way {}

        /** Another filter, instead of the layer. */
        record Other(ContainerRequestFilter filter) implements Way {}
    }

    /**
     * @param direct for requests that no locator has led; empty if requests reach the method in several ways
     * @param ways makes the way of a route, by its name and the name that it has for operators
     */
    RoutedFilter(Optional<Way> direct, MethodRoutes routes, BiFunction<String, String, Way> ways) {
        this.direct = direct;
        this.routes = routes;
        this.ways = ways;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        Way way = of(request);
        (way instanceof Way.Protected layer ? layer.filter() : ((Way.Other) way).filter()).filter(request);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        if (of(request) instanceof Way.Protected layer) {
            layer.filter().filter(request, response);
        }
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        if (context.getProperty(PROPERTY) instanceof Way.Protected layer) {
            layer.filter().aroundWriteTo(context);
        } else {
            context.proceed();
        }
    }

    private Way of(ContainerRequestContext request) {
        @Nullable Way chosen = (Way) request.getProperty(PROPERTY);
        if (chosen == null) {
            chosen = choose((ExtendedUriInfo) request.getUriInfo());
            request.setProperty(PROPERTY, chosen);
        }
        return chosen;
    }

    private Way choose(ExtendedUriInfo uri) {
        if (direct.isPresent() && uri.getMatchedResourceLocators().isEmpty()) {
            return direct.get();
        }
        String name = ResourceRoute.nameOf(uri.getMatchedResourceMethod().getHttpMethod(), uri);
        if (known.size() < MOST_ROUTES || known.containsKey(name)) {
            return known.computeIfAbsent(name, route -> ways.apply(route, route));
        }
        String label = name.split(" ", 2)[0] + " /…";
        String configured = routes.configured(name).map(ConfiguredRoute::place).orElse("");
        return known.computeIfAbsent(label + configured, unused -> ways.apply(name, label));
    }
}
