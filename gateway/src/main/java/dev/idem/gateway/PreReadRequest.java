package dev.idem.gateway;

import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request with the beginning of its body, or all of it, already read. It has one reader at a time. */
final class PreReadRequest extends Request.Wrapper {
    private volatile Content.@Nullable Chunk ahead;

    /** @param ahead what is read first; if it is the last chunk, nothing is read after it */
    PreReadRequest(Request request, Content.Chunk ahead) {
        super(request);
        this.ahead = ahead;
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.@Nullable Chunk chunk = ahead;
        if (chunk == null) {
            return super.read();
        }
        ahead = Content.Chunk.next(chunk);
        return chunk;
    }

    @Override
    public void demand(Runnable more) {
        if (ahead == null) {
            super.demand(more);
        } else {
            more.run();
        }
    }

    @Override
    public void fail(Throwable failure) {
        ahead = null;
        super.fail(failure);
    }
}
