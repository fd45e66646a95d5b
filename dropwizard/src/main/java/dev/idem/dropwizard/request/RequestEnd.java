package dev.idem.dropwizard.request;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.lifetime.Lifetime;
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
        @Nullable Deque<Runnable> known = (Deque<Runnable>) request.getProperty(PROPERTY);
        Deque<Runnable> actions = known == null ? begin(request) : known;
        actions.addFirst(action);
    }

    /** One that is suspended may still be answered when the server has ended it; of another one this is the end, whatever a listener throws. */
    private static Deque<Runnable> begin(ContainerRequestContext request) {
        Deque<Runnable> actions = new ConcurrentLinkedDeque<>();
        request.setProperty(PROPERTY, actions);
        Lifetime.of(request)
                .ifPresent(lifetime -> lifetime.then(() -> {
                    if (!lifetime.isSuspended()) {
                        run(actions);
                    }
                }));
        return actions;
    }

    /** Ends a request that Jersey does not end, or not yet: one that outlives its answer, or whose answer never comes. */
    @SuppressWarnings("unchecked")
    public static void end(ContainerRequestContext request) {
        @Nullable Deque<Runnable> actions = (Deque<Runnable>) request.getProperty(PROPERTY);
        if (actions != null) {
            run(actions);
        }
    }

    private static void run(Deque<Runnable> actions) {
        for (Runnable next = actions.poll(); next != null; next = actions.poll()) {
            try {
                next.run();
            } catch (Throwable e) {
                OutOfMemoryExit.haltAfter(e);
                // Rethrown, it would keep the others from running.
                log.error("an action at the end of a request failed", e);
            }
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

    /** Of one request. It takes the actions early: where the server keeps the properties, it may reuse them before the end. */
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
                        run(taken);
                    }
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }
    }
}
