package dev.idem.gateway.exchange;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to the upstream, as it comes. */
final class ClientBody extends ContentSourceRequestContent {
    /** Between the pieces of a steady upload there are silences, too. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    private final ClientExchange client;
    private final AtomicReference<Content.@Nullable Chunk> ahead;
    private volatile @Nullable Throwable failure;
    private volatile boolean givenUp;
    private volatile boolean awaited;

    /** @param ahead what was read of it already, which this releases */
    ClientBody(ClientExchange client, Content.Chunk ahead) {
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

    /** The upstream does not want it any more. */
    @Override
    public void fail(Throwable cause) {
        Duration least = cause instanceof TimeoutException ? Duration.ZERO : SILENCE;
        awaited |= client.keepsWaiting(least); // the client library may say so twice
        givenUp = true;
        release();
        super.fail(cause);
    }

    /** Nobody reads it any more. */
    void release() {
        Content.@Nullable Chunk unread = ahead.getAndSet(null);
        if (unread != null) {
            unread.release();
        }
    }

    /** Whether the client was silent when the upstream gave it up: as it may, and should, when nothing comes. */
    boolean wasAwaited() {
        return awaited;
    }

    /** Why not all of it has come from the client, if it has not. */
    Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }
}
