package dev.idem.dropwizard.filter;

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
import java.util.function.Function;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the {@link IdempotencyFilter} of a request's route. A method has one route, or as many as sub-resource locators lead to it.
 * Thread-safe.
 */
@Priority(Integer.MIN_VALUE) // as IdempotencyFilter
final class RoutedFilter implements ContainerRequestFilter, ContainerResponseFilter, WriterInterceptor {
    private static final String PROPERTY = RoutedFilter.class.getName();

    /** Locators that lead back to themselves have any number of routes, and each route is a label of metrics. */
    private static final int MOST_ROUTES = 64;

    private final Optional<IdempotencyFilter> direct;
    private final Function<ExtendedUriInfo, String> route;
    private final Function<String, IdempotencyFilter> filters;
    private final Map<String, IdempotencyFilter> located = new ConcurrentHashMap<>();

    /**
     * @param direct for requests that no locator has led; empty for a method that only locators lead to
     * @param route names a route that locators lead
     * @param filters makes the filter of a route
     */
    RoutedFilter(
            Optional<IdempotencyFilter> direct,
            Function<ExtendedUriInfo, String> route,
            Function<String, IdempotencyFilter> filters) {
        this.direct = direct;
        this.route = route;
        this.filters = filters;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        of(request).filter(request);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        of(request).filter(request, response);
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        @Nullable IdempotencyFilter chosen = (IdempotencyFilter) context.getProperty(PROPERTY);
        if (chosen == null) {
            context.proceed();
        } else {
            chosen.aroundWriteTo(context);
        }
    }

    private IdempotencyFilter of(ContainerRequestContext request) {
        @Nullable IdempotencyFilter known = (IdempotencyFilter) request.getProperty(PROPERTY);
        if (known == null) {
            known = choose((ExtendedUriInfo) request.getUriInfo());
            request.setProperty(PROPERTY, known);
        }
        return known;
    }

    private IdempotencyFilter choose(ExtendedUriInfo uri) {
        if (direct.isPresent() && uri.getMatchedResourceLocators().isEmpty()) {
            return direct.get();
        }
        String name = route.apply(uri);
        return located.computeIfAbsent(
                located.size() < MOST_ROUTES || located.containsKey(name) ? name : name.split(" ", 2)[0] + " /…",
                filters);
    }
}
