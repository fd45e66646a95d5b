package dev.idem.dropwizard.filter;

import dev.idem.core.record.Lease;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a request in shadow, of which neither its method nor its client learns. Belongs to that request; its steps
 * follow one another.
 */
final class ShadowRequest {
    private static final String PROPERTY = ShadowRequest.class.getName();

    private final AtomicReference<@Nullable Lease> lease;
    private volatile boolean handlerReached;

    private ShadowRequest(Lease lease) {
        this.lease = new AtomicReference<>(lease);
    }

    static void begin(ContainerRequestContext request, Lease lease) {
        request.setProperty(PROPERTY, new ShadowRequest(lease));
    }

    static Optional<ShadowRequest> of(ContainerRequestContext request) {
        return Optional.ofNullable((ShadowRequest) request.getProperty(PROPERTY));
    }

    /** The lease, once: whoever takes it ends it. */
    Optional<Lease> take() {
        return Optional.ofNullable(lease.getAndSet(null));
    }

    /** From here on the request may have taken effect. */
    void handlerReached() {
        handlerReached = true;
    }

    boolean wasHandlerReached() {
        return handlerReached;
    }
}
