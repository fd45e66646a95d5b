package dev.idem.dropwizard.request;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.lifetime.EndActions;
import dev.idem.dropwizard.lifetime.Lifetime;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/**
 * Runs what must happen once a request has ended, however it ends: with a response, or because a writer failed, an error had no
 * mapper, or the client hung up.
 */
public final class RequestEnd implements ApplicationEventListener {
    private static final String PROPERTY = RequestEnd.class.getName();

    /** Runs an action at the end of a request, before those that were added earlier. */
    public static void then(ContainerRequestContext request, Runnable action) {
        @Nullable EndActions known = (EndActions) request.getProperty(PROPERTY);
        EndActions actions = known == null ? begin(request) : known;
        actions.addFirst(action);
    }

    /** One that is suspended may still be answered when the server has ended it; of another one this is the end, whatever a listener throws. */
    private static EndActions begin(ContainerRequestContext request) {
        EndActions actions = new EndActions();
        request.setProperty(PROPERTY, actions);
        Lifetime.of(request)
                .ifPresent(lifetime -> lifetime.then(() -> {
                    if (!lifetime.isSuspended()) {
                        actions.run();
                    }
                }));
        return actions;
    }

    /** Ends a request that Jersey does not end, or not yet: one that outlives its answer, or whose answer never comes. */
    public static void end(ContainerRequestContext request) {
        @Nullable EndActions actions = (EndActions) request.getProperty(PROPERTY);
        if (actions != null) {
            actions.run();
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
        private volatile @Nullable EndActions actions;

        @Override
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START -> {
                    if (actions == null) {
                        actions = (EndActions) event.getContainerRequest().getProperty(PROPERTY);
                    }
                }
                case ON_EXCEPTION -> OutOfMemoryExit.haltAfter(event.getException());
                case FINISHED -> {
                    EndActions taken = actions;
                    if (taken != null) {
                        taken.run();
                    }
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }
    }
}
