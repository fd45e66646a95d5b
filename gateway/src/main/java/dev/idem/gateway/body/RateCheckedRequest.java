package dev.idem.gateway.body;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A request whose body must arrive at a minimum rate, on whatever thread it is read. A body that is too slow fails the
 * read with status 408.
 *
 * <p>The server's own rule applies to servlets only, and counts only when content arrives: bytes sent between two
 * chunks would hold a thread without end. The connection's idle timeout does not count while a body is awaited. Nothing
 * is scheduled for a body that is there when it is read. Thread-safe as requests are.
 */
public final class RateCheckedRequest extends Request.Wrapper {
    private static final long A_MOMENT = TimeUnit.SECONDS.toNanos(1);

    private final MinimumBodyRate pace;
    private final Components components;
    private final BodyProgress progress;
    private final Object lock = new Object();
    private @Nullable Runnable reader;
    private int asking;
    private boolean listening;
    private boolean silent;
    private long silentSince;
    private Scheduler.@Nullable Task watch;
    private @Nullable BodyTooSlowException late;

    public RateCheckedRequest(Request request, MinimumBodyRate pace) {
        super(request);
        this.pace = pace;
        this.components = request.getComponents();
        this.progress = new BodyProgress(pace);
    }

    /** Whether the reader has waited for the client at least this long and still does, or has waited in vain. */
    public boolean keepsWaiting(Duration least) {
        synchronized (lock) {
            return late != null || (reader != null && System.nanoTime() - silentSince >= least.toNanos());
        }
    }

    @Override
    public Content.@Nullable Chunk read() {
        synchronized (lock) {
            if (late != null) {
                return Content.Chunk.from(late, true);
            }
        }
        Content.@Nullable Chunk chunk = super.read();
        if (chunk == null || isOnlyIdle(chunk)) {
            return null;
        }
        if (chunk.hasRemaining()) {
            synchronized (lock) {
                progress.came(chunk.remaining());
                silent = false;
            }
        }
        if (chunk.isLast()) {
            watchNoMore();
        }
        return chunk;
    }

    private static boolean isOnlyIdle(Content.Chunk chunk) {
        return Content.Chunk.isFailure(chunk, false) && chunk.getFailure() instanceof TimeoutException;
    }

    @Override
    public void demand(Runnable demandCallback) {
        if (!begins(demandCallback)) {
            demandCallback.run(); // and reads why
            return;
        }
        try {
            super.demand(Invocable.from(Invocable.getInvocationType(demandCallback), this::available));
        } finally {
            asked();
        }
    }

    /** @return false if it is too late */
    private boolean begins(Runnable waiting) {
        boolean isFirst;
        synchronized (lock) {
            if (late != null) {
                return false;
            }
            reader = waiting;
            asking++;
            long now = System.nanoTime();
            progress.waits(now);
            if (!silent) {
                silent = true;
                silentSince = now;
            }
            watch();
            isFirst = !listening;
            listening = true;
        }
        if (isFirst) {
            Request.addCompletionListener(getWrapped(), failure -> {
                @Nullable Runnable unused = taken();
                watchNoMore();
            });
        }
        return true;
    }

    private void available() {
        @Nullable Runnable waiting = taken();
        if (waiting != null) {
            waiting.run();
        }
    }

    private @Nullable Runnable taken() {
        synchronized (lock) {
            @Nullable Runnable waiting = reader;
            reader = null;
            progress.waitsNoMore(System.nanoTime());
            return waiting;
        }
    }

    /** While content is demanded, only the server may read the connection. */
    private void asked() {
        boolean isTooLate;
        synchronized (lock) {
            asking--;
            isTooLate = late != null && asking == 0;
        }
        if (isTooLate) {
            giveUp();
        }
    }

    private void watch() {
        if (watch == null) {
            watch = lookAfter(progress.untilNextLook());
        }
    }

    private Scheduler.Task lookAfter(long nanos) {
        return components.getScheduler().schedule(this::look, nanos, TimeUnit.NANOSECONDS);
    }

    /** The body has ended, and is no longer timed. */
    private void watchNoMore() {
        synchronized (lock) {
            if (watch != null) {
                boolean unused = watch.cancel();
                watch = null;
            }
        }
    }

    private void look() {
        boolean isTooLate;
        synchronized (lock) {
            watch = null;
            if (reader == null) {
                return; // the next reader is timed again
            }
            if (late == null && progress.isTooSlow(System.nanoTime())) {
                late = new BodyTooSlowException(pace);
            } else if (late == null) {
                watch();
            }
            isTooLate = late != null && asking == 0;
        }
        if (isTooLate) {
            end();
        }
    }

    /** On a server thread, as soon as one is free. */
    private void end() {
        try {
            components.getExecutor().execute(this::giveUp);
        } catch (RejectedExecutionException full) {
            synchronized (lock) {
                watch = lookAfter(A_MOMENT);
            }
        }
    }

    /** Ends the demand, so that no more of the body arrives, and tells the reader. */
    private void giveUp() {
        @Nullable Runnable waiting = taken();
        if (waiting != null) {
            super.fail(new BodyTooSlowException(pace));
            waiting.run();
        }
    }
}
