package dev.idem.service.gateway.exchange;

import dev.idem.core.engine.Caller;
import dev.idem.dropwizard.connection.ClientConnection;
import dev.idem.dropwizard.decision.IncomingRequest;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server has it.
 *
 * @param whole its body, read up to the policy's limit; empty if it is larger, or not read yet
 */
record GatewayRequest(Request request, Optional<byte[]> whole) implements IncomingRequest {

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String rawPath() {
        return request.getHttpURI().getPath();
    }

    @Override
    public @Nullable String rawQuery() {
        return request.getHttpURI().getQuery();
    }

    @Override
    public List<String> headers(String name) {
        return request.getHeaders().getValuesList(name);
    }

    @Override
    public Caller caller() {
        return ClientConnection.of(request);
    }

    /** Decoded, so that what says the same is the same. The upstream is sent what the client has sent. */
    @Override
    public Optional<byte[]> body(long limit) {
        return whole.flatMap(sent -> Encodings.decoded(sent, request.getHeaders(), limit));
    }
}
