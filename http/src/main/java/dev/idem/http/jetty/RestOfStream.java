package dev.idem.http.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** The rest of the body of a request of HTTP/2 that has been answered. It has one reader at a time. */
final class RestOfStream implements Invocable.Task {
    private final Request request;
    private final Callback answered;
    private final long most;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final Scheduler.Task deadline;
    private long bytes;

    /**
     * @param answered ends the request, and its stream if that has not ended; called once
     * @param longest how long the rest is read
     * @param most how many bytes of it are read
     */
    RestOfStream(Request request, Callback answered, Duration longest, long most) {
        this.request = request;
        this.answered = answered;
        this.most = most;
        this.deadline =
                request.getComponents().getScheduler().schedule(this::end, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Begins. */
    void discard() {
        run();
    }

    @Override
    public void run() {
        while (!ended.get()) {
            Content.@Nullable Chunk chunk = request.read();
            if (chunk == null) {
                demand();
                return;
            }
            bytes += chunk.remaining();
            chunk.release();
            if (chunk.isLast() || bytes > most) {
                end();
            }
        }
    }

    private void demand() {
        try {
            request.demand(this);
        } catch (IllegalStateException alreadyDemanded) {
            end(); // by a reader that has not noticed that the request is answered
        }
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            boolean unused = deadline.cancel();
            answered.succeeded();
        }
    }

    @Override
    public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
    }
}
