package dev.idem.dropwizard.grown;

import io.dropwizard.core.setup.Environment;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.NameBinding;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/** Whatever an application does around {@link Couriers}: it uses its request's properties and the servlet objects, whenever it is called. */
@CourierFilters.Bound
@SuppressWarnings("NullAway.Init") // Jersey sets the fields
final class CourierFilters implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String NAME = "courier of the request";
    private static final Set<String> ENDED = ConcurrentHashMap.newKeySet();
    private static final Set<String> ENTERED = ConcurrentHashMap.newKeySet();
    private static final Set<String> LOST = ConcurrentHashMap.newKeySet();

    @Context
    private HttpServletRequest servletRequest;

    @Context
    private HttpServletResponse servletResponse;

    /** For {@link Couriers} alone. */
    @NameBinding
    @Retention(RetentionPolicy.RUNTIME)
    @interface Bound {}

    static void install(Environment environment) {
        environment.jersey().register(new CourierFilters());
        environment.jersey().register(new Breaking());
        environment
                .servlets()
                .addFilter("couriers", new Ends())
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), true, "/couriers/*");
    }

    static boolean hasEnded(String name) {
        return ENDED.stream().anyMatch(path -> path.endsWith(name));
    }

    static boolean hasEntered(String name) {
        return ENTERED.stream().anyMatch(path -> path.endsWith(name));
    }

    /** Blocks its thread until the server knows that the client has gone. */
    static void untilLost(String name) {
        Awaitility.await().until(() -> LOST.stream().anyMatch(path -> path.endsWith(name)));
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String path = request.getUriInfo().getPath();
        request.setProperty(NAME, path);
        if (request.getUriInfo().getQueryParameters().containsKey("slowFilter")) {
            byte[] body = request.getEntityStream().readAllBytes(); // after a reset nobody could
            request.setEntityStream(new ByteArrayInputStream(body));
            ENTERED.add(path);
            untilLost(path);
        }
        ENTERED.add(path);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        String path = request.getProperty(NAME).toString();
        @Nullable String role = request.getUriInfo().getQueryParameters().getFirst("role");
        if (role != null && servletRequest.isUserInRole(role)) {
            response.getHeaders().putSingle("X-Courier-Role", role);
        }
        servletResponse.addCookie(new Cookie("courier", path.replaceAll(".*/", "")));
        response.getHeaders().putSingle("X-Courier", path);
        response.getHeaders().putSingle("X-Asked-By", servletRequest.getHeader("X-User"));
    }

    /** Notes which requests the server has ended. */
    private static final class Ends extends HttpFilter {
        @Override
        protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException, ServletException {
            String path = request.getRequestURI();
            ServletContextRequest.getServletContextRequest(request).addFailureListener(failure -> LOST.add(path));
            chain.doFilter(request, response);
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new AsyncListener() {
                    @Override
                    public void onComplete(AsyncEvent event) {
                        ENDED.add(path);
                    }

                    @Override
                    public void onTimeout(AsyncEvent event) {
                        // the server does not keep the time
                    }

                    @Override
                    public void onError(AsyncEvent event) {
                        // onComplete follows
                    }

                    @Override
                    public void onStartAsync(AsyncEvent event) {
                        event.getAsyncContext().addListener(this);
                    }
                });
            }
        }
    }

    /** A listener with a fault. */
    private static final class Breaking implements ApplicationEventListener {
        @Override
        public void onEvent(ApplicationEvent event) {
            // Only requests matter here.
        }

        @Override
        public RequestEventListener onRequest(RequestEvent start) {
            return event -> {
                if (event.getType() == RequestEvent.Type.FINISHED
                        && event.getContainerRequest().getHeaderString("X-Broken-Listener") != null) {
                    throw new IllegalStateException("the listener fails");
                }
            };
        }
    }
}
