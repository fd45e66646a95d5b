package dev.idem.service.gateway.exchange;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to the upstream, as it comes. */
final class ClientBody extends ContentSourceRequestContent {
    private static final byte[] NOTHING = {};

    private final AtomicReference<byte[]> ahead;
    private volatile @Nullable Throwable failure;
    private volatile boolean givenUp;

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
        if (chunk != null && Content.Chunk.isFailure(chunk) && !givenUp) {
            failure = chunk.getFailure();
        }
        return chunk;
    }

    /** The upstream does not want it any more. */
    @Override
    public void fail(Throwable cause) {
        givenUp = true;
        super.fail(cause);
    }

    /** Why not all of it has come from the client, if it has not. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
