package dev.idem.gateway.client;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request's body, streamed to the upstream. */
public final class ClientBody extends ContentSourceRequestContent {
    /** A shorter silence is normal between the chunks of a steady upload. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final ClientExchange client;
    private final AtomicReference<Content.@Nullable Chunk> ahead;
    private volatile @Nullable Throwable failure;
    private volatile boolean givenUp;
    private volatile boolean awaited;

    /** @param ahead the first chunk, already read; this object releases it */
    public ClientBody(ClientExchange client, Content.Chunk ahead) {
        super(client.request(), null);
        this.client = client;
        this.ahead = new AtomicReference<>(ahead);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.@Nullable Chunk first = ahead.getAndSet(null);
        if (first != null) {
            return first;
        }
        Content.@Nullable Chunk chunk = super.read();
        if (chunk != null && Content.Chunk.isFailure(chunk) && !givenUp) {
            failure = chunk.getFailure();
        }
        return chunk;
    }

    /** The upstream stops reading. */
    @Override
    public void fail(Throwable cause) {
        Duration least = cause instanceof TimeoutException ? Duration.ZERO : SILENCE;
        awaited |= client.keepsWaiting(least); // the client library may call this twice
        givenUp = true;
        release();
        super.fail(cause);
    }

    /** Whether the upstream has stopped reading. Only then does this object fail the request. */
    public boolean isGivenUp() {
        return givenUp;
    }

    /** Nothing reads the body any more. */
    public void release() {
        Content.@Nullable Chunk unread = ahead.getAndSet(null);
        if (unread != null) {
            unread.release();
        }
    }

    /**
     * Whether the client was silent when the upstream stopped reading. An upstream may, and should, stop when nothing
     * arrives.
     */
    public boolean wasAwaited() {
        return awaited;
    }

    /** Why the client did not send the whole body, if it did not. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
