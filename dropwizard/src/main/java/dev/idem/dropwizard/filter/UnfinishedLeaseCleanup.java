package dev.idem.dropwizard.filter;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.atomic.RequestTransaction;
import java.util.Optional;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the lease of a request that ends without a stored answer: a writer failed, an error had no mapper, or the client hung
 * up. Otherwise heartbeats would keep its key locked. It ends like any failure: the key is free and the transaction is
 * rolled back.
 */
public final class UnfinishedLeaseCleanup implements ApplicationEventListener {
    private static final Logger log = LoggerFactory.getLogger(UnfinishedLeaseCleanup.class);

    @Override
    public void onEvent(ApplicationEvent event) {
        // Only requests matter here.
    }

    @Override
    public RequestEventListener onRequest(RequestEvent start) {
        return new Watch();
    }

    /**
     * Of one request. It keeps what it needs while the request is there: when an asynchronous one has ended, the server may
     * already have reused its request object.
     */
    private static final class Watch implements RequestEventListener {
        private volatile Optional<ProtectedRequest> request = Optional.empty();
        private volatile Optional<RequestTransaction> transaction = Optional.empty();

        @Override
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START -> {
                    request = ProtectedRequest.of(event.getContainerRequest());
                    transaction = RequestTransaction.of(event.getContainerRequest());
                }
                case ON_EXCEPTION -> OutOfMemoryExit.haltAfter(event.getException());
                case FINISHED -> {
                    request.filter(ProtectedRequest::isOpen).ifPresent(Watch::abandon);
                    request.ifPresent(ProtectedRequest::abandonShadow);
                    transaction.ifPresent(RequestTransaction::close);
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }

        private static void abandon(ProtectedRequest request) {
            request.openLease()
                    .ifPresent(
                            lease -> log.warn("{}: the request ended without an answer; its key is free", lease.id()));
            request.abandon();
        }
    }
}
