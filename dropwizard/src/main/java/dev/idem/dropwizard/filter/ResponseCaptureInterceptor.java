package dev.idem.dropwizard.filter;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Holds an answer's body back until it is stored. Inside of content encoders, so that what is kept is the body itself and
 * each repeat is given the encoding that it accepts.
 */
@Priority(Priorities.USER + 1000)
final class ResponseCaptureInterceptor implements WriterInterceptor {
    private final ResponseStorage storage;

    ResponseCaptureInterceptor(ResponseStorage storage) {
        this.storage = storage;
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Optional<ProtectedRequest> exchange = Optional.ofNullable(
                        (ProtectedRequest) context.getProperty(ProtectedRequest.class.getName()))
                .filter(open -> open.openLease().isPresent() && open.toCapture().isPresent());
        if (exchange.isEmpty()) {
            context.proceed();
            return;
        }
        capture(context, exchange.get(), exchange.get().toCapture().orElseThrow());
    }

    private void capture(WriterInterceptorContext context, ProtectedRequest exchange, ContainerResponseContext response)
            throws IOException {
        OutputStream client = context.getOutputStream();
        BufferedResponseStream heldBack = new BufferedResponseStream(
                client,
                exchange.policy().stored().maxBody(),
                () -> storage.completeWithoutAnswer(exchange, response),
                () -> BodyReservationCleanup.holdsNoAnswer(context));
        context.setOutputStream(heldBack);
        context.proceed();
        if (!heldBack.hasOverflown()) {
            byte[] body = heldBack.bytes();
            client.write(storage.complete(exchange, response, body).orElse(body));
        }
    }
}
