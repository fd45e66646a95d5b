package dev.idem.http.memory;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * The bytes of requests and answers that this process may hold at a time. A request takes room for its body as that comes, and for
 * the largest answer that is kept before it may execute: later nobody could say no. Bodies get half of it as far as they are large,
 * and so leave room for small requests, whoever sends them and however slowly. Thread-safe.
 */
public final class BodyMemory {
    /** What is counted in, bytes. */
    static final int UNIT = 1 << 10;

    /** As much of a body counts as small, in units. */
    static final int SMALL = 64;

    /** How long a request waits for the room that others are about to give back. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** More would be threads that do nothing else. */
    private static final int MOST_WAITING = 512;

    private final int units;
    private final Semaphore all;
    private final Semaphore large;
    private final LongAdder refused = new LongAdder();

    /** @param bytes twice as many as any one body or answer may have, at the least */
    public BodyMemory(long bytes) {
        this.units = Math.toIntExact(Math.min(bytes / UNIT, Integer.MAX_VALUE));
        this.all = new Semaphore(units, true);
        this.large = new Semaphore(units / 2, true);
    }

    /** A quarter of the heap, bytes: what is held is copied on its way, and something else lives there, too. */
    public static long usual() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** For one request; takes nothing yet. */
    public BodyReservation room() {
        return new BodyReservation(this);
    }

    /** Bytes. */
    public long limit() {
        return (long) units * UNIT;
    }

    /** Bytes that are taken at this moment. */
    public long held() {
        return (long) (units - all.availablePermits()) * UNIT;
    }

    /** How many requests found no room. */
    public long refused() {
        return refused.sum();
    }

    static int unitsOf(long bytes) {
        return Math.toIntExact((bytes + UNIT - 1) / UNIT);
    }

    boolean has(int wanted, int ofThemLarge) {
        return all.availablePermits() >= wanted && large.availablePermits() >= ofThemLarge;
    }

    /** At once, or not at all. */
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

    /** After those who wait already. */
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
