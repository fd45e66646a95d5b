package dev.idem.gateway.exchange;

import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads a request's body whole without holding a thread for it, up to a limit. Used once. */
public final class BodyReader implements Runnable {
    private final Request request;
    private final long limit;
    private final Consumer<BufferedBody> done;
    private final Consumer<Throwable> failed;
    private final BodyReservation room;
    private final ByteAccumulator read;

    /**
     * @param limit bytes
     * @param room to hold it in
     * @param done is given the body, or its beginning if it is larger or there is no room for it; may block
     * @param failed is told why the body does not come
     */
    public BodyReader(
            Request request,
            long limit,
            BodyReservation room,
            Consumer<BufferedBody> done,
            Consumer<Throwable> failed) {
        this.request = request;
        this.limit = limit;
        this.room = room;
        this.read = new ByteAccumulator(room::grow, request.getLength());
        this.done = done;
        this.failed = failed;
    }

    /** Reads what is there, and goes on when there is more. */
    @Override
    public void run() {
        if (request.getLength() > limit) {
            done.accept(BufferedBody.UNREAD);
            return;
        }
        if (read.size() == 0 && !room.couldTake(request.getLength())) {
            done.accept(new BufferedBody(read.refuse(), Optional.of(room), false));
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
            read.add(chunk.getByteBuffer());
            boolean isLast = chunk.isLast();
            chunk.release();
            if (isTooLarge || isLast || read.isRefused()) {
                done.accept(new BufferedBody(read, Optional.of(room), isLast && !isTooLarge));
                return;
            }
        }
    }
}
