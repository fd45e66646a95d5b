package dev.idem.gateway;

import dev.idem.gateway.exchange.BodyReader;
import dev.idem.gateway.exchange.BufferedBody;
import dev.idem.gateway.exchange.ClientExchange;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Bodies of logins. A resource holds a thread while it reads; these are read before there is one, so that no number of strangers who
 * send slowly takes all threads. Thread-safe.
 */
final class LoginBodyReader {
    private static final String LOGIN = "/api/auth/";

    private final BodyMemory memory;
    private final int longest;

    /** @param longest how much is read ahead at most, in bytes */
    LoginBodyReader(BodyMemory memory, int longest) {
        this.memory = memory;
        this.longest = longest;
    }

    /**
     * Whether this one is read ahead: a login, which any stranger may send. All others are first asked who they are, and for a key
     * that is none, and nobody reads what is refused.
     */
    boolean take(ClientExchange client) {
        return client.hasBody()
                && String.valueOf(client.request().getHttpURI().getDecodedPath())
                        .startsWith(LOGIN);
    }

    /**
     * Blocks nobody. What is too large for a login is left for the resource to refuse.
     *
     * @param then is given the request when its body is there, or is known not to come; may block
     * @param full if there is no memory for it
     */
    void read(Request request, Consumer<Request> then, Runnable full) {
        BodyReservation room = memory.room();
        new BodyReader(
                        request,
                        longest,
                        room,
                        body -> {
                            // From here on it counts where the resource reads it.
                            room.release();
                            if (body.isRefused()) {
                                full.run();
                            } else {
                                then.accept(ahead(request, body));
                            }
                        },
                        failure -> {
                            room.release();
                            then.accept(new PreReadRequest(request, Content.Chunk.from(failure, true)));
                        })
                .run();
    }

    private static Request ahead(Request request, BufferedBody body) {
        byte[] bytes = body.bytes();
        return bytes.length == 0 && !body.isWhole()
                ? request
                : new PreReadRequest(request, Content.Chunk.from(ByteBuffer.wrap(bytes), body.isWhole()));
    }
}
