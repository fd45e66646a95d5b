package dev.idem.gateway.upstream;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/** A call's time limit: in all, or for each silence once it streams. Its action runs at most once. Thread-safe. */
final class CallDeadline {
    private final Scheduler scheduler;
    private final long nanos;
    private final Runnable over;
    private volatile long since = System.nanoTime();
    private volatile boolean ofSilence;
    private volatile boolean met;
    private volatile Scheduler.@Nullable Task next;

    /** @param over runs on the scheduler's thread, which it must not block */
    CallDeadline(Scheduler scheduler, Duration time, Runnable over) {
        this.scheduler = scheduler;
        this.nanos = time.toNanos();
        this.over = over;
    }

    /** Starts the limit. Called once. */
    void begin() {
        lookAfter(nanos);
    }

    /** From now on only silence is limited. */
    void ofSilence() {
        since = System.nanoTime();
        ofSilence = true;
    }

    void moved() {
        if (ofSilence) {
            since = System.nanoTime();
        }
    }

    void met() {
        met = true;
        Scheduler.Task task = next;
        if (task != null) {
            task.cancel();
        }
    }

    private void look() {
        if (met) {
            return;
        }
        long left = nanos - (System.nanoTime() - since);
        if (left > 0) {
            lookAfter(left);
        } else {
            over.run();
        }
    }

    private void lookAfter(long left) {
        next = scheduler.schedule(this::look, TimeUnit.NANOSECONDS.toMillis(left) + 1, TimeUnit.MILLISECONDS);
    }
}
