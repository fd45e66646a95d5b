package dev.idem.core.reconcile;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Keeps a long scan from using the stores more than it should. For one thread. */
public final class Pace {
    private final long perSecond;
    private final long begin = System.nanoTime();
    private long total;

    /** @param perSecond how many records, on average */
    public Pace(long perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("a pace is at least one record a second");
        }
        this.perSecond = perSecond;
    }

    /** Waits until so many more records are due. */
    void did(int records) {
        total += records;
        long due = TimeUnit.SECONDS.toNanos(1) / 1_000 * total / perSecond * 1_000;
        waitFor(Duration.ofNanos(due - (System.nanoTime() - begin)));
    }

    static void waitFor(Duration time) {
        if (time.isNegative()) {
            return;
        }
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
