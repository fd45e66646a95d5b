package dev.idem.dropwizard.filter;

import dev.idem.http.decision.LeaseCompletion;
import dev.idem.http.policy.StoragePolicy;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.OptionalInt;

/**
 * Notes that a request in shadow was answered, and changes nothing of the answer. Last of all, when it is known whether the
 * request's transaction was committed.
 */
@Priority(Integer.MIN_VALUE)
final class ShadowFilter implements ContainerResponseFilter {
    private final StoragePolicy stored;
    private final LeaseCompletion settlements;

    ShadowFilter(StoragePolicy stored, LeaseCompletion settlements) {
        this.stored = stored;
        this.settlements = settlements;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ShadowRequest.of(request).ifPresent(exchange -> end(exchange, response.getStatus()));
    }

    private void end(ShadowRequest exchange, int status) {
        OptionalInt kept =
                exchange.wasHandlerReached() && stored.keeps(status) ? OptionalInt.of(status) : OptionalInt.empty();
        exchange.take().ifPresent(lease -> settlements.shadowed(lease, kept));
    }
}
