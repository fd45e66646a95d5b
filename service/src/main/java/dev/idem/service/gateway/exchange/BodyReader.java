package dev.idem.service.gateway.exchange;

import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole without holding a thread for it, up to a limit. Used once. */
final class BodyReader implements Runnable {
    private final Request request;
    private final long limit;
    private final Consumer<ReadBody> done;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream read = new ByteArrayOutputStream();

    /**
     * @param limit bytes
     * @param done is given the body, or its beginning if it is larger; may block
     * @param failed is told why the body does not come
     */
    BodyReader(Request request, long limit, Consumer<ReadBody> done, Consumer<Throwable> failed) {
        this.request = request;
        this.limit = limit;
        this.done = done;
        this.failed = failed;
    }

    /** Reads what is there, and goes on when there is more. */
    @Override
    public void run() {
        if (request.getLength() > limit) {
            done.accept(ReadBody.UNREAD);
            return;
        }
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
            boolean isTooLarge = read.size() + (long) chunk.remaining() > limit;
            read.writeBytes(BufferUtil.toArray(chunk.getByteBuffer()));
            boolean isLast = chunk.isLast();
            chunk.release();
            if (isTooLarge || isLast) {
                done.accept(new ReadBody(read.toByteArray(), !isTooLarge));
                return;
            }
        }
    }
}
