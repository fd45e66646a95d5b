package dev.idem.dropwizard.filter;

import dev.idem.core.record.Lease;
import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.http.policy.RoutePolicy;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request between its claim and its answer. Belongs to that request; its steps follow one another,
 * on one thread or, for an asynchronous resource, on several.
 */
final class ProtectedRequest {
    private static final String PROPERTY = ProtectedRequest.class.getName();

    private final @Nullable String key;
    private final RoutePolicy policy;
    private final @Nullable RequestTransaction transaction;
    private volatile @Nullable Lease lease;
    private volatile boolean handlerReached;
    private volatile @Nullable ContainerResponseContext toCapture;

    private ProtectedRequest(@Nullable String key, RoutePolicy policy, @Nullable RequestTransaction transaction) {
        this.key = key;
        this.policy = policy;
        this.transaction = transaction;
    }

    /** @param key null for a request that is told from others by what it says */
    static ProtectedRequest begin(ContainerRequestContext request, @Nullable String key, RoutePolicy policy) {
        ProtectedRequest exchange =
                new ProtectedRequest(key, policy, RequestTransaction.of(request).orElse(null));
        request.setProperty(PROPERTY, exchange);
        return exchange;
    }

    static Optional<ProtectedRequest> of(ContainerRequestContext request) {
        return Optional.ofNullable((ProtectedRequest) request.getProperty(PROPERTY));
    }

    /** The client's key, if it sent one. */
    Optional<String> key() {
        return Optional.ofNullable(key);
    }

    RoutePolicy policy() {
        return policy;
    }

    /** Where the effect and its record are committed together; empty if the method is not atomic. */
    Optional<RequestTransaction> transaction() {
        return Optional.ofNullable(transaction);
    }

    void acquired(Lease acquired) {
        lease = acquired;
    }

    /** The lease that still has to be completed or abandoned. */
    Optional<Lease> openLease() {
        return Optional.ofNullable(lease);
    }

    /** The lease is completed or abandoned; nothing is left to do. */
    void settled() {
        lease = null;
    }

    /** From here on the request may have taken effect. */
    void handlerReached() {
        handlerReached = true;
    }

    boolean wasHandlerReached() {
        return handlerReached;
    }

    /** The answer has a body: it is stored when that has been written. */
    void captureWhenWritten(ContainerResponseContext response) {
        toCapture = response;
    }

    Optional<ContainerResponseContext> toCapture() {
        return Optional.ofNullable(toCapture);
    }
}
