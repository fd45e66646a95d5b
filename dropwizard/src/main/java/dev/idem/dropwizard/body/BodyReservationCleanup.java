package dev.idem.dropwizard.body;

import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.jspecify.annotations.Nullable;

/** Releases a request's body memory when the request ends in any way. Register one in each Jersey application. */
public final class BodyReservationCleanup implements ApplicationEventListener {
    private static final String PROPERTY = BodyReservationCleanup.class.getName();

    /** Takes a reservation that is released at the request's end. */
    public static BodyReservation reserve(ContainerRequestContext request, BodyMemory memory) {
        BodyReservation reservation = memory.reservation();
        request.setProperty(PROPERTY, reservation);
        return reservation;
    }

    /** Releases what was reserved for the answer, which streams from now on. */
    public static void streams(WriterInterceptorContext request) {
        if (request.getProperty(PROPERTY) instanceof BodyReservation reservation) {
            reservation.shrink(0);
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

    /** Of one request. It keeps the reservation: later the server may have reused its request object. */
    private static final class Watch implements RequestEventListener {
        private volatile @Nullable BodyReservation reservation;

        @Override
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START ->
                    reservation = (BodyReservation) event.getContainerRequest().getProperty(PROPERTY);
                case FINISHED -> {
                    BodyReservation taken = reservation;
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
