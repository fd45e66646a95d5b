package dev.idem.service.gateway.exchange;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to the upstream, as it comes. */
final class ClientBody extends ContentSourceRequestContent {
    private static final byte[] NOTHING = {};

    private final AtomicReference<byte[]> ahead;
    private volatile boolean failed;

    /** @param ahead what was read of it already */
    ClientBody(Client client, byte[] ahead) {
        super(client.request(), null);
        this.ahead = new AtomicReference<>(ahead);
    }

    @Override
    public Content.@Nullable Chunk read() {
        byte[] first = ahead.getAndSet(NOTHING);
        if (first.length > 0) {
            return Content.Chunk.from(ByteBuffer.wrap(first), false);
        }
        Content.@Nullable Chunk chunk = super.read();
        failed |= Content.Chunk.isFailure(chunk);
        return chunk;
    }

    /** Whether the client has not sent all of it. */
    boolean hasFailed() {
        return failed;
    }
}
