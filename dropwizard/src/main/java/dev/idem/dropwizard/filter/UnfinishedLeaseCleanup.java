package dev.idem.dropwizard.filter;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.http.decision.LeaseCompletion;
import java.util.Optional;
import java.util.OptionalInt;
import org.glassfish.jersey.server.monitoring.ApplicationEvent;
import org.glassfish.jersey.server.monitoring.ApplicationEventListener;
import org.glassfish.jersey.server.monitoring.RequestEvent;
import org.glassfish.jersey.server.monitoring.RequestEventListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees each request to its end. One that ends without an answer that anyone stored (a writer failed, an error could not
 * be mapped, the client hung up first) must not keep its key locked by heartbeats for ever: it ends like any other
 * failure, with a free key and its transaction rolled back.
 */
final class UnfinishedLeaseCleanup implements ApplicationEventListener {
    private static final Logger log = LoggerFactory.getLogger(UnfinishedLeaseCleanup.class);

    private final ResponseStorage storage;
    private final LeaseCompletion settlements;

    UnfinishedLeaseCleanup(ResponseStorage storage, LeaseCompletion settlements) {
        this.storage = storage;
        this.settlements = settlements;
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
     * Of one request. What belongs to it is taken while it is there: when an asynchronous one has ended, the server may
     * already have given its request object to another one.
     */
    private final class Watch implements RequestEventListener {
        private volatile Optional<ProtectedRequest> exchange = Optional.empty();
        private volatile Optional<ShadowRequest> shadow = Optional.empty();
        private volatile Optional<RequestTransaction> transaction = Optional.empty();

        @Override
        public void onEvent(RequestEvent event) {
            switch (event.getType()) {
                case REQUEST_FILTERED, RESP_FILTERS_START -> {
                    exchange = ProtectedRequest.of(event.getContainerRequest());
                    shadow = ShadowRequest.of(event.getContainerRequest());
                    transaction = RequestTransaction.of(event.getContainerRequest());
                }
                case ON_EXCEPTION -> OutOfMemoryExit.haltAfter(event.getException());
                case FINISHED -> {
                    exchange.filter(open -> open.openLease().isPresent())
                            .ifPresent(UnfinishedLeaseCleanup.this::release);
                    shadow.flatMap(ShadowRequest::take)
                            .ifPresent(lease -> settlements.shadowed(lease, OptionalInt.empty()));
                    transaction.ifPresent(RequestTransaction::close);
                }
                default -> {
                    // Nothing begins or ends there.
                }
            }
        }
    }

    private void release(ProtectedRequest exchange) {
        exchange.openLease().ifPresent(lease -> log.warn("{} ended without an answer; its key is free", lease.id()));
        storage.abandon(exchange);
    }
}
