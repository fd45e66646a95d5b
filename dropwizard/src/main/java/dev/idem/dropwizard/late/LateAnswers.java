package dev.idem.dropwizard.late;

import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the answers of work that goes on after a timeout has answered its client. Where none comes within its bound, or before the
 * application stops, nobody knows whether the request took effect: its key is held. Thread-safe.
 */
public final class LateAnswers implements Managed {
    private static final Logger log = LoggerFactory.getLogger(LateAnswers.class);

    private final ScheduledExecutorService timer;
    private final Map<LateWork, Future<?>> pending = new ConcurrentHashMap<>();
    private volatile boolean stopped;

    /** @param timer removes what is cancelled; stopped after this */
    public LateAnswers(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    /** Must be called before the work can answer. */
    void await(LateWork work) {
        Duration bound = work.bound();
        pending.put(work, timer.schedule(() -> giveUp(work), bound.toNanos(), TimeUnit.NANOSECONDS));
        if (stopped) {
            giveUp(work);
        }
    }

    /** It answers. */
    void ended(LateWork work) {
        Future<?> bound = pending.remove(work);
        if (bound != null) {
            bound.cancel(false);
        }
    }

    private void giveUp(LateWork work) {
        ended(work);
        try {
            work.giveUp();
        } catch (RuntimeException e) {
            log.error("work that did not answer in time could not be held", e);
        }
    }

    /** The work ends with the process, unless it has ended by then; its outcome is unknown. */
    @Override
    public void stop() {
        stopped = true;
        pending.keySet().forEach(this::giveUp);
    }
}
