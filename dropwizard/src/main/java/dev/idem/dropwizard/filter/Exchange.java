package dev.idem.dropwizard.filter;

import dev.idem.core.engine.Policy;
import dev.idem.core.record.Lease;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one request between its claim and its answer. Belongs to that request; its steps follow one another,
 * on one thread or, for an asynchronous resource, on several.
 */
final class Exchange {
    private static final String PROPERTY = Exchange.class.getName();

    private final String key;
    private final Route route;
    private final Policy policy;
    private volatile @Nullable Lease lease;
    private volatile boolean handlerReached;
    private volatile @Nullable ContainerResponseContext toCapture;

    private Exchange(String key, Route route, Policy policy) {
        this.key = key;
        this.route = route;
        this.policy = policy;
    }

    static Exchange begin(ContainerRequestContext request, String key, Route route, Policy policy) {
        Exchange exchange = new Exchange(key, route, policy);
        request.setProperty(PROPERTY, exchange);
        return exchange;
    }

    static Optional<Exchange> of(ContainerRequestContext request) {
        return Optional.ofNullable((Exchange) request.getProperty(PROPERTY));
    }

    String key() {
        return key;
    }

    Route route() {
        return route;
    }

    Policy policy() {
        return policy;
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
