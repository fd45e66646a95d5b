package dev.idem.dropwizard.filter;

import dev.idem.core.engine.Policy;
import dev.idem.dropwizard.key.IdempotencyKeyHeader;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.util.Set;
import org.glassfish.jersey.server.ChunkedOutput;

/**
 * An answer's way back: whether it is one to keep. An answer without a body is stored here, one with a body when it has
 * been written. Runs after all other response filters (the lowest priority comes last), and so sees their headers.
 */
@Priority(Integer.MIN_VALUE)
final class CompletionFilter implements ContainerResponseFilter {
    /** Request time-out, too early, too many requests: the same request may well succeed later. */
    private static final Set<Integer> PASSING = Set.of(408, 425, 429);

    private final AnswerStorage storage;

    CompletionFilter(AnswerStorage storage) {
        this.storage = storage;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        Exchange.of(request).ifPresent(exchange -> {
            response.getHeaders().putSingle(IdempotencyKeyHeader.NAME, exchange.key());
            if (exchange.openLease().isPresent()) {
                settle(exchange, response);
            }
        });
    }

    private void settle(Exchange exchange, ContainerResponseContext response) {
        if (!exchange.wasHandlerReached() || isFailure(response.getStatus(), exchange.policy())) {
            storage.abandon(exchange);
        } else if (response.getEntity() instanceof ChunkedOutput) {
            storage.completeWithoutAnswer(exchange);
        } else if (response.hasEntity()) {
            exchange.captureWhenWritten(response);
        } else {
            storage.complete(exchange, response);
        }
    }

    private static boolean isFailure(int status, Policy policy) {
        return PASSING.contains(status) || (status >= 500 && !policy.storeServerErrors());
    }
}
