package dev.idem.dropwizard.filter;

import dev.idem.dropwizard.atomic.RequestTransaction;
import dev.idem.http.policy.RoutePolicy;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.IOException;
import java.lang.annotation.Annotation;
import java.util.Optional;
import org.glassfish.jersey.server.ChunkedOutput;
import org.glassfish.jersey.server.ExtendedUriInfo;

/**
 * An answer's way back: whether it is one to keep, and whether what its method did in the request's transaction stays. An
 * answer without a body is stored here, one with a body when it has been written. Runs after all other response filters
 * (the lowest priority comes last) but {@link ShadowFilter}, and so sees their headers.
 */
@Priority(Integer.MIN_VALUE + 1)
final class CompletionFilter implements ContainerResponseFilter {
    private static final byte[] NOTHING = {};

    private final RoutePolicy policy;
    private final ResponseStorage storage;

    CompletionFilter(RoutePolicy policy, ResponseStorage storage) {
        this.policy = policy;
        this.storage = storage;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) throws IOException {
        Optional<RequestTransaction> transaction = RequestTransaction.of(request);
        if (wasThrown(request) || !policy.stored().keeps(response.getStatus())) {
            transaction.ifPresent(RequestTransaction::close);
        }
        Optional<ProtectedRequest> exchange = ProtectedRequest.of(request);
        exchange.flatMap(ProtectedRequest::key)
                .ifPresent(key -> response.getHeaders().putSingle(policy.keys().header(), key));
        if (exchange.flatMap(ProtectedRequest::openLease).isPresent()) {
            settle(exchange.get(), response);
        } else if (transaction.isPresent()) {
            replace(response, storage.commit(transaction.get(), response));
        }
    }

    private void settle(ProtectedRequest exchange, ContainerResponseContext response) throws IOException {
        if (!exchange.wasHandlerReached() || !policy.stored().keeps(response.getStatus())) {
            storage.abandon(exchange, response);
        } else if (response.getEntity() instanceof ChunkedOutput) {
            replace(response, storage.completeWithoutAnswer(exchange, response));
        } else if (response.hasEntity()) {
            exchange.captureWhenWritten(response);
        } else {
            replace(response, storage.complete(exchange, response, NOTHING));
        }
    }

    private static void replace(ContainerResponseContext response, Optional<byte[]> substitute) throws IOException {
        if (substitute.isPresent()) {
            if (response.getEntity() instanceof ChunkedOutput<?> output) {
                output.close();
            }
            byte[] body = substitute.get();
            response.setEntity(body.length == 0 ? null : body, new Annotation[0], response.getMediaType());
        }
    }

    /** What a method threw is answered, and nothing that it did stays. */
    private static boolean wasThrown(ContainerRequestContext request) {
        return request.getUriInfo() instanceof ExtendedUriInfo uri && uri.getMappedThrowable() != null;
    }
}
