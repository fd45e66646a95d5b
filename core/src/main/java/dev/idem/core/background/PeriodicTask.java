package dev.idem.core.background;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task that runs periodically. A round that fails is logged, and the next one follows; an executor alone would not
 * run a task again that has thrown. Thread-safe.
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
                () -> run(what, round), first.toNanos(), pause.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void run(String what, Runnable round) {
        try {
            round.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a round of {} has failed; the next one is due", what, e);
        }
    }
}
