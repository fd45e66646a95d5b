package dev.idem.core.background;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread's work, step by step. A step that fails is logged, and the next one follows after a pause. An interrupt ends
 * the thread. For one thread.
 */
public final class WorkerLoop implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(WorkerLoop.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final String what;
    private final Step step;
    private final Runnable end;

    /** One step of the work. */
    public interface Step {
        /** @return false if no work is left */
        boolean run() throws InterruptedException;
    }

    /**
     * @param what the work's name in logs
     * @param end runs last, even if the thread is interrupted
     */
    public WorkerLoop(String what, Step step, Runnable end) {
        this.what = what;
        this.step = step;
        this.end = end;
    }

    @Override
    public void run() {
        try {
            boolean more = true;
            while (more) {
                more = next();
            }
        } catch (InterruptedException e) {
            log.warn("{} was closed before all its work was done", what);
        } finally {
            end.run();
        }
    }

    private boolean next() throws InterruptedException {
        try {
            return step.run();
        } catch (RuntimeException | Error e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("a step of {} has failed; the next one follows", what, e);
            TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            return true;
        }
    }
}
