package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.decision.Settlements;
import dev.idem.dropwizard.policy.StoredAnswers;
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
    private final StoredAnswers stored;
    private final Settlements settlements;

    ShadowFilter(StoredAnswers stored, Settlements settlements) {
        this.stored = stored;
        this.settlements = settlements;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        ShadowExchange.of(request).ifPresent(exchange -> end(exchange, response.getStatus()));
    }

    private void end(ShadowExchange exchange, int status) {
        OptionalInt kept =
                exchange.wasHandlerReached() && stored.keeps(status) ? OptionalInt.of(status) : OptionalInt.empty();
        exchange.take().ifPresent(lease -> settlements.shadowed(lease, kept));
    }
}
