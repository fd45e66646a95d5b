package dev.idem.gateway.client;

import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/** Waits for the first bytes of a request's body, or its end, without holding a thread. Used once. */
public final class FirstBodyChunk implements Invocable.Task {
    private final Request request;
    private final Consumer<Content.Chunk> come;
    private final Consumer<Throwable> failed;

    /**
     * @param come receives the chunk, and releases it; never blocks
     * @param failed receives the reason if nothing arrives; never blocks
     */
    public FirstBodyChunk(Request request, Consumer<Content.Chunk> come, Consumer<Throwable> failed) {
        this.request = request;
        this.come = come;
        this.failed = failed;
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }

    @Override
    public void run() {
        while (true) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed.accept(chunk.getFailure());
                return;
            }
            if (chunk.hasRemaining() || chunk.isLast()) {
                come.accept(chunk);
                return;
            }
            chunk.release();
        }
    }
}
