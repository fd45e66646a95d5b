package dev.idem.service.gateway.exchange;

import org.eclipse.jetty.client.ContentSourceRequestContent;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/** A request's body on its way to the upstream, as it comes. */
final class ClientBody extends ContentSourceRequestContent {
    private volatile boolean failed;

    ClientBody(Client client) {
        super(client.request(), null);
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.@Nullable Chunk chunk = super.read();
        failed |= Content.Chunk.isFailure(chunk);
        return chunk;
    }

    /** Whether the client has not sent all of it. */
    boolean hasFailed() {
        return failed;
    }
}
