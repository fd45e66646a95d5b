package dev.idem.core.background;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs periodically. A round that fails is logged, once while it fails in the same way, and the next one follows; an
 * executor alone would not run a task again that has thrown. Thread-safe.
 */
public final class PeriodicTask {
    private static final Logger log = LoggerFactory.getLogger(PeriodicTask.class);

    private final ScheduledExecutorService executor;

    /** @param executor shut down by its creator */
    public PeriodicTask(ScheduledExecutorService executor) {
        this.executor = executor;
    }

    /**
     * Begins the rounds.
     *
     * @param what the task's name in logs
     * @param first the time until the first round
     * @param pause from the end of a round to the next one
     */
    public void repeat(String what, Duration first, Duration pause, Runnable round) {
        Future<?> unused = executor.scheduleWithFixedDelay(
                new Rounds(what, round), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Rounds come some times a second, so a failure that stays the same is logged once until a round succeeds. */
    private static final class Rounds implements Runnable {
        private final String what;
        private final Runnable round;
        private @Nullable String logged;

        Rounds(String what, Runnable round) {
            this.what = what;
            this.round = round;
        }

        @Override
        public void run() {
            try {
                round.run();
                logged = null;
            } catch (RuntimeException | Error e) {
                OutOfMemoryExit.haltAfter(e);
                String failure = e.toString();
                if (!failure.equals(logged)) {
                    log.error("a round of {} has failed; the next one is due", what, e);
                }
                logged = failure;
            }
        }
    }
}
