package dev.idem.http.memory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Limits the bytes of requests and answers that this process buffers at a time. A request reserves memory for its body as that
 * arrives. Before it executes, it reserves memory for the largest answer that is stored, since it cannot be refused later. Large
 * bodies get at most half of the memory, so that slow uploads leave the rest for small requests. Thread-safe.
 */
public final class BodyMemory {
    /** Bytes that are counted as one unit. */
    static final int UNIT = 1 << 10;

    /** The part of each body that counts as small, units. */
    static final int SMALL = 64;

    /** How long a request waits for memory that others are about to release. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** More waiting requests would only block threads. */
    private static final int MOST_WAITING = 512;

    private final int units;
    private final Semaphore all;
    private final Semaphore large;
    private final LongAdder refused = new LongAdder();

    /** @param bytes at least twice the largest body or answer */
    public BodyMemory(long bytes) {
        this.units = Math.toIntExact(Math.min(bytes / UNIT, Integer.MAX_VALUE));
        this.all = new Semaphore(units, true);
        this.large = new Semaphore(units / 2, true);
    }

    /** A reservation for one request, of nothing yet. */
    public BodyReservation reservation() {
        return new BodyReservation(this);
    }

    /** Bytes. */
    public long limit() {
        return (long) units * UNIT;
    }

    /** Bytes that are reserved at this moment. */
    public long held() {
        return (long) (units - all.availablePermits()) * UNIT;
    }

    /** How many requests were refused for lack of memory. */
    public long refused() {
        return refused.sum();
    }

    static int unitsOf(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }

    boolean has(int wanted, int ofThemLarge) {
        return all.availablePermits() >= wanted && large.availablePermits() >= ofThemLarge;
    }

    /** Reserves without waiting; false if there is not enough. */
    boolean take(int more, int ofThemLarge) {
        if (!large.tryAcquire(ofThemLarge)) {
            return false;
        }
        if (!all.tryAcquire(more)) {
            large.release(ofThemLarge);
            return false;
        }
        return true;
    }

    /** Reserves after those who wait already; false if there is not enough in time. */
    boolean await(int more) {
        try {
            return all.getQueueLength() < MOST_WAITING
                    && all.tryAcquire(more, PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void giveBack(int taken, int ofThemLarge) {
        all.release(taken);
        large.release(ofThemLarge);
    }

    void hasRefused() {
        refused.increment();
    }
}
