package dev.idem.dropwizard.servlet;

import dev.idem.http.memory.BodyMemory;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.GenericType;
import java.lang.reflect.Type;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletApiRequest;
import org.eclipse.jetty.server.Request;
import org.glassfish.jersey.internal.inject.InjectionManager;
import org.glassfish.jersey.internal.util.collection.Ref;
import org.glassfish.jersey.server.ContainerRequest;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.glassfish.jersey.server.spi.RequestScopedInitializer;
import org.jspecify.annotations.Nullable;

/**
 * Gives each request its {@link BodyRecording} and its {@link DirectResponse}, before any filter runs. Not a servlet filter: what
 * Jersey itself writes then needs no telling apart from what the application writes, and other servlets are not concerned.
 */
public final class ServletLayer implements ApplicationEventListener {
    static final Type REQUEST = new GenericType<Ref<HttpServletRequest>>() {}.getType();
    static final Type RESPONSE = new GenericType<Ref<HttpServletResponse>>() {}.getType();

    private final BodyMemory memory;
    private final long largestBody;

    /** @param largestBody the longest body that any protected method accepts, bytes */
    public ServletLayer(BodyMemory memory, long largestBody) {
        this.memory = memory;
        this.largestBody = largestBody;
    }

    /** The server's request; empty under another server. */
    static Optional<Request> jetty(@Nullable ServletRequest received) {
        @Nullable ServletRequest innermost = received;
        while (innermost instanceof ServletRequestWrapper wrapper) {
            innermost = wrapper.getRequest();
        }
        return innermost instanceof ServletApiRequest jetty ? Optional.of(jetty.getRequest()) : Optional.empty();
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    @Override
    public @Nullable RequestEventListener onRequest(RequestEvent start) {
        ContainerRequest request = start.getContainerRequest();
        BodyRecording body = BodyRecording.begin(request, memory, largestBody);
        @Nullable RequestScopedInitializer server = request.getRequestScopedInitializer();
        if (server != null) {
            request.setRequestScopedInitializer(scope -> {
                server.initialize(scope);
                wrap(scope, request, body);
            });
        }
        return null;
    }

    /** Nobody has asked for the server's own objects yet. They are not there in a test without a server. */
    private static void wrap(InjectionManager scope, ContainerRequest request, BodyRecording body) {
        @Nullable Ref<HttpServletRequest> servletRequest = scope.getInstance(REQUEST);
        @Nullable Ref<HttpServletResponse> servletResponse = scope.getInstance(RESPONSE);
        if (servletRequest != null && servletResponse != null) {
            HttpServletRequest received = servletRequest.get();
            body.isOf(received);
            DirectResponse response = DirectResponse.begin(request, received, servletResponse.get());
            servletRequest.set(new RecordedRequest(received, response, body));
            servletResponse.set(response);
        }
    }
}
