package dev.idem.dropwizard.request;

import dev.idem.core.background.OutOfMemoryExit;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs what must happen once a request has ended, however it ends: with a response, or because a writer failed, an error had no
 * mapper, or the client hung up.
 */
public final class RequestEnd implements ApplicationEventListener {
    private static final String PROPERTY = RequestEnd.class.getName();
    private static final Logger log = LoggerFactory.getLogger(RequestEnd.class);

    /** Runs an action at the end of a request, before those that were added earlier. */
    @SuppressWarnings("unchecked")
    public static void then(ContainerRequestContext request, Runnable action) {
        @Nullable Deque<Runnable> actions = (Deque<Runnable>) request.getProperty(PROPERTY);
        if (actions == null) {
            actions = new ConcurrentLinkedDeque<>();
            request.setProperty(PROPERTY, actions);
        }
        actions.addFirst(action);
    }

    /** For a request that Jersey does not know: {@link #end} ends it. */
    public static void begin(ContainerRequestContext request) {
        request.setProperty(PROPERTY, new ConcurrentLinkedDeque<Runnable>());
    }

    /** Ends a request that {@linkplain #begin began} so. */
    public static void end(ContainerRequestContext request) {
        of(request).run();
    }

    /** All actions that have been added; to be called while the server has the request. */
    @SuppressWarnings("unchecked")
    public static Runnable of(ContainerRequestContext request) {
        @Nullable Deque<Runnable> actions = (Deque<Runnable>) request.getProperty(PROPERTY);
        return actions == null ? () -> {} : () -> actions.forEach(Watch::run);
    }

    /**
     * Whether the server has ended a request to a protected method, though Jersey has not answered it: its client has reset its stream
     * while the request was suspended.
     */
    public static boolean hasCome(ContainerRequestContext request) {
        try {
            return request.getProperty(PROPERTY) == null;
        } catch (RuntimeException e) {
            return true; // Jetty's, of a request that has no connection any more
        }
    }

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    @Override
    public RequestEventListener onRequest(RequestEvent start) {
        return new Watch();
    }

    /**
     * Of one request. It takes the actions while the request is there: when an asynchronous one has ended, the server may already
     * have reused its request object.
     */
    private static final class Watch implements RequestEventListener {
        private volatile @Nullable Deque<Runnable> actions;

        @Override
        @SuppressWarnings("unchecked")
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START -> {
                    if (actions == null) {
                        actions = (Deque<Runnable>) event.getContainerRequest().getProperty(PROPERTY);
                    }
                }
                case ON_EXCEPTION -> OutOfMemoryExit.haltAfter(event.getException());
                case FINISHED -> {
                    Deque<Runnable> taken = actions;
                    if (taken != null) {
                        taken.forEach(Watch::run);
                    }
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }

        private static void run(Runnable action) {
            try {
                action.run();
            } catch (RuntimeException e) {
                OutOfMemoryExit.haltAfter(e);
                // Rethrown, it would keep the others from running.
                log.error("an action at the end of a request failed", e);
            }
        }
    }
}
