package dev.idem.gateway;

import dev.idem.gateway.client.BodyReader;
import dev.idem.gateway.client.BufferedBody;
import dev.idem.gateway.client.ClientExchange;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.memory.BodyReservation;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Reads the bodies of logins before a thread is assigned to them. A resource holds a thread while it reads, so
 * strangers who send slowly could take all threads. Thread-safe.
 */
final class LoginBodyReader {
    private static final String LOGIN = "/api/auth/";

    private final BodyMemory memory;
    private final int longest;

    /** @param longest the largest body that is read ahead, in bytes */
    LoginBodyReader(BodyMemory memory, int longest) {
        this.memory = memory;
        this.longest = longest;
    }

    /**
     * Whether this request is read ahead: only a login is, because any stranger may send one. All other requests are
     * authenticated, and their key is checked, before their body is read.
     */
    boolean take(ClientExchange client) {
        return client.hasBody()
                && String.valueOf(client.request().getHttpURI().getDecodedPath())
                        .startsWith(LOGIN);
    }

    /**
     * Never blocks. A body that is too large for a login is left for the resource to refuse.
     *
     * @param then receives the request when its body has arrived, or is known not to arrive; may block
     * @param full called if there is no memory for the body
     */
    void read(Request request, Consumer<Request> then, Runnable full) {
        BodyReservation reservation = memory.reservation();
        new BodyReader(
                        request,
                        longest,
                        reservation,
                        body -> {
                            // from here on the resource counts it
                            reservation.release();
                            if (body.isRefused()) {
                                full.run();
                            } else {
                                then.accept(ahead(request, body));
                            }
                        },
                        failure -> {
                            reservation.release();
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
