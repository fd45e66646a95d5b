package dev.idem.service.shutdown;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.core.background.DaemonThreads;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when its stop takes too long. Each step has a timeout of its own, but stores that hang make many of them
 * wait, one after the other. Thread-safe.
 */
final class StopDeadline {
    private static final Logger log = LoggerFactory.getLogger(StopDeadline.class);

    private final LoggerContext logs;
    private final Runnable halt;
    private final CountDownLatch stopped = new CountDownLatch(1);

    /**
     * @param logs stopped before, so that its appenders write what they still have
     * @param halt ends the process at once
     */
    StopDeadline(LoggerContext logs, Runnable halt) {
        this.logs = logs;
        this.halt = halt;
    }

    /** Starts the clock. Call it once. */
    void begin(Duration patience) {
        DaemonThreads.of("stop deadline", () -> watch(patience)).start();
    }

    /** The stop has ended by itself. */
    void met() {
        stopped.countDown();
    }

    private void watch(Duration patience) {
        try {
            if (!stopped.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                log.warn(
                        "The stop has not ended after {} s, so the process ends now, as if it were killed. Answers and audit"
                                + " events that no store has taken are lost; repeats take over after their lock timeout.",
                        patience.toSeconds());
                logs.stop();
                halt.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
