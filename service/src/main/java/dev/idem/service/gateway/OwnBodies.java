package dev.idem.service.gateway;

import dev.idem.dropwizard.memory.BodyMemory;
import dev.idem.dropwizard.memory.Room;
import dev.idem.service.gateway.exchange.BodyReader;
import dev.idem.service.gateway.exchange.Client;
import dev.idem.service.gateway.exchange.ReadBody;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Bodies of requests to the service's own resources, each of which holds a thread while it reads. They are read before there is
 * such a thread, so that no number of slow senders takes all of them. Thread-safe.
 */
final class OwnBodies {
    private static final String API = "/api/";

    private final BodyMemory memory;
    private final long most;

    /** @param most what is read ahead of one, bytes; the rest of a larger one is read by its resource, which refuses it */
    OwnBodies(BodyMemory memory, long most) {
        this.memory = memory;
        this.most = most;
    }

    /**
     * Whether this one is read ahead. On the admin port only for resources with a login of their own: for all others it is first asked who may come in,
     * and nobody reads what a stranger sends.
     */
    boolean take(Client client, boolean onAdminPort) {
        return client.hasBody()
                && (!onAdminPort
                        || String.valueOf(client.request().getHttpURI().getDecodedPath())
                                .startsWith(API));
    }

    /**
     * Blocks nobody.
     *
     * @param then is given the request when its body is there, or is known not to come; may block
     * @param full if there is no memory for it
     */
    void read(Request request, Consumer<Request> then, Runnable full) {
        Room room = memory.room();
        new BodyReader(
                        request,
                        most,
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
                            then.accept(new ReadAhead(request, Content.Chunk.from(failure, true)));
                        })
                .run();
    }

    private static Request ahead(Request request, ReadBody body) {
        byte[] bytes = body.bytes();
        return bytes.length == 0 && !body.isWhole()
                ? request
                : new ReadAhead(request, Content.Chunk.from(ByteBuffer.wrap(bytes), body.isWhole()));
    }
}
