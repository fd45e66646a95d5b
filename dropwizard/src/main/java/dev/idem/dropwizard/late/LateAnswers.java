package dev.idem.dropwizard.late;

import dev.idem.core.background.OutOfMemoryExit;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the answers of work that goes on after its client has got another, or has gone. Where none comes within its bound, or before the
 * application stops, nobody knows whether the request took effect: its key is held. Thread-safe.
 */
public final class LateAnswers implements Managed {
    private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ScheduledExecutorService timer;
    private final Map<Unanswered, Future<?>> pending = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param timer removes what is cancelled; stopped after this */
    public LateAnswers(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** What waits for an answer. It ends once. */
    interface Unanswered {
        /** How long it may wait. */
        Duration bound();

        /** No answer has come. */
        void giveUp();
    }

    /** Must be called before the work can answer. */
    void await(Unanswered work) {
        if (stopped) {
            giveUp(work);
            return;
        }
        try {
            pending.put(work, timer.schedule(() -> giveUp(work), work.bound().toNanos(), TimeUnit.NANOSECONDS));
        } catch (RejectedExecutionException stopping) {
            giveUp(work);
        }
        if (stopped) {
            giveUp(work);
        }
    }

    /** It answers. */
    void ended(Unanswered work) {
        Future<?> bound = pending.remove(work);
        if (bound != null) {
            bound.cancel(false);
        }
    }

    private void giveUp(Unanswered work) {
        ended(work);
        try {
            work.giveUp();
        } catch (Throwable e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("work that did not answer in time could not be held", e);
        }
    }

    /**
     * The work ends with the process, unless it has ended by then; its outcome is unknown. What cannot be held within {@link #PATIENCE}
     * ends as if the process were killed: by {@code onUnknown}.
     */
    @Override
    public void stop() {
        stopped = true;
        long begin = System.nanoTime();
        for (Unanswered work : pending.keySet()) {
            if (System.nanoTime() - begin > PATIENCE.toNanos()) {
                log.warn("the keys of {} requests whose work goes on could not be held in time", pending.size());
                return;
            }
            giveUp(work);
        }
    }
}
