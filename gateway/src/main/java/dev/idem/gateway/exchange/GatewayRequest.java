package dev.idem.gateway.exchange;

import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.response.ContentEncodings;
import dev.idem.http.decision.IncomingRequest;
import dev.idem.http.jetty.ClientConnection;
import dev.idem.http.memory.BodyMemoryExhaustedException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server received it.
 *
 * @param read its body up to the policy's limit, or nothing yet
 */
record GatewayRequest(Request request, BufferedBody read) implements IncomingRequest {

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
    public ClientLiveness caller() {
        return ClientConnection.of(request);
    }

    /** Decoded, so that equal content has equal fingerprints. The upstream receives what the client sent. */
    @Override
    public Optional<byte[]> body(long limit) throws BodyMemoryExhaustedException {
        Optional<byte[]> sent = read.whole();
        return sent.isEmpty() ? sent : ContentEncodings.decoded(sent.get(), request.getHeaders(), limit, read.room());
    }

    @Override
    public void reserveAnswer(long bytes) throws BodyMemoryExhaustedException {
        if (read.room().isPresent()) {
            read.room().get().reserve(bytes);
        }
    }
}
