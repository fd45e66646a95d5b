package dev.idem.service.gateway.exchange;

import dev.idem.core.engine.Caller;
import dev.idem.dropwizard.connection.ClientConnection;
import dev.idem.dropwizard.decision.IncomingRequest;
import dev.idem.dropwizard.memory.NoRoomException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * A request as the server has it.
 *
 * @param read its body, up to the policy's limit, or nothing yet
 */
record GatewayRequest(Request request, ReadBody read) implements IncomingRequest {

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
    public Optional<byte[]> body(long limit) throws NoRoomException {
        Optional<byte[]> sent = read.whole();
        return sent.isEmpty() ? sent : Encodings.decoded(sent.get(), request.getHeaders(), limit, read.room());
    }

    @Override
    public void reserveAnswer(long bytes) throws NoRoomException {
        if (read.room().isPresent()) {
            read.room().get().reserve(bytes);
        }
    }
}
