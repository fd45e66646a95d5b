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
final class CaptureInterceptor implements WriterInterceptor {
    private final AnswerStorage storage;

    CaptureInterceptor(AnswerStorage storage) {
        this.storage = storage;
    }

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        Optional<Exchange> exchange = Optional.ofNullable((Exchange) context.getProperty(Exchange.class.getName()))
                .filter(open -> open.openLease().isPresent() && open.toCapture().isPresent());
        if (exchange.isEmpty()) {
            context.proceed();
            return;
        }
        capture(context, exchange.get(), exchange.get().toCapture().orElseThrow());
    }

    private void capture(WriterInterceptorContext context, Exchange exchange, ContainerResponseContext response)
            throws IOException {
        OutputStream client = context.getOutputStream();
        HeldBackStream heldBack = new HeldBackStream(
                client,
                exchange.policy().stored().maxBody(),
                () -> storage.completeWithoutAnswer(exchange, response),
                () -> RoomsOfRequests.holdsNoAnswer(context));
        context.setOutputStream(heldBack);
        context.proceed();
        if (!heldBack.hasOverflown()) {
            byte[] body = heldBack.bytes();
            client.write(storage.complete(exchange, response, body).orElse(body));
        }
    }
}
