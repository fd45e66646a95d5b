package dev.idem.dropwizard.filter;

import dev.idem.http.memory.BodyReservation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/** Gives back what a request took of the memory for bodies when it has ended, however it does. Of one Jersey application. */
public final class BodyReservationCleanup implements ApplicationEventListener {
    private static final String ROOM = BodyReservationCleanup.class.getName();

    /** The room, which is given back at the request's end. */
    static BodyReservation watched(ContainerRequestContext request, BodyReservation room) {
        request.setProperty(ROOM, room);
        return room;
    }

    /** Gives back what was taken for the answer, while that still streams. */
    static void holdsNoAnswer(WriterInterceptorContext request) {
        if (request.getProperty(ROOM) instanceof BodyReservation room) {
            room.shrink(0);
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

    /** Of one request. The room is taken while it is there: later the server may have given its request to another one. */
    private static final class Watch implements RequestEventListener {
        private volatile @Nullable BodyReservation room;

        @Override
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START ->
                    room = (BodyReservation) event.getContainerRequest().getProperty(ROOM);
                case FINISHED -> {
                    BodyReservation taken = room;
                    if (taken != null) {
                        taken.release();
                    }
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }
    }
}
