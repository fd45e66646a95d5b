package dev.idem.embedded.process;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A point in time until which something is tried again and again. */
public record Deadline(long nanoTime) {

    private static final long STEP_MILLIS = 20;

    public static Deadline in(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** Waits a moment. False, at once, if the time is up. */
    public boolean pause() {
        if (System.nanoTime() - nanoTime >= 0) {
            return false;
        }
        try {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedServerException("interrupted while waiting for an embedded server", e);
        }
    }
}
