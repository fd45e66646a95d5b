package dev.idem.gateway.client;

import dev.idem.http.memory.BodyReservation;
import dev.idem.http.memory.ByteAccumulator;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Reads a whole request body, up to a limit, without holding a thread. Used once. */
public final class BodyReader implements Runnable {
    private final Request request;
    private final long limit;
    private final Consumer<BufferedBody> done;
    private final Consumer<Throwable> failed;
    private final BodyReservation reservation;
    private final ByteAccumulator read;
    private boolean hasWaited;

    /**
     * @param limit in bytes
     * @param reservation the memory that is reserved for it
     * @param done receives the body, or its beginning if it is too large or there is no memory for it; may block
     * @param failed receives the reason if the body does not arrive
     */
    public BodyReader(
            Request request,
            long limit,
            BodyReservation reservation,
            Consumer<BufferedBody> done,
            Consumer<Throwable> failed) {
        this.request = request;
        this.limit = limit;
        this.reservation = reservation;
        this.read = new ByteAccumulator(reservation::grow, request.getLength());
        this.done = done;
        this.failed = failed;
    }

    /** Reads what is available, and continues when there is more. */
    @Override
    public void run() {
        if (request.getLength() > limit) {
            done(BufferedBody.UNREAD);
            return;
        }
        if (read.size() == 0 && !reservation.couldTake(request.getLength())) {
            done(new BufferedBody(read.refuse(), Optional.of(reservation), false));
            return;
        }
        while (true) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                hasWaited = true;
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
                done(new BufferedBody(read, Optional.of(reservation), isLast && !isTooLarge));
                return;
            }
        }
    }

    /** The server tells of a hang-up only after its callback for more bytes has returned: what blocks has to leave it. */
    private void done(BufferedBody body) {
        if (!hasWaited) {
            done.accept(body);
            return;
        }
        try {
            request.getComponents().getExecutor().execute(() -> done.accept(body));
        } catch (RejectedExecutionException full) {
            done.accept(body);
        }
    }
}
