package dev.idem.core.engine;

import dev.idem.core.record.Claim;
import dev.idem.core.record.RecordId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Repeats that wait for the first one. They ask again at growing intervals, and at once when the first one ends on this
 * node. Never more wait than there are places; the rest is told so at once. Thread-safe.
 */
final class Waiting {
    private static final long FIRST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final long LONGEST_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Semaphore places;
    private final Map<RecordId, CountDownLatch> ends = new ConcurrentHashMap<>();

    Waiting(int places) {
        this.places = new Semaphore(places);
    }

    /**
     * Claims until the outcome is another than in flight, the patience is over, or the thread is interrupted.
     *
     * @param claim asks the stores once
     * @param patience how long to wait; zero asks once
     */
    Claim claim(RecordId id, Duration patience, Supplier<Claim> claim) {
        Claim first = claim.get();
        if (!(first instanceof Claim.InFlight) || patience.isZero() || !places.tryAcquire()) {
            return first;
        }
        try {
            return repeatedly(id, System.nanoTime() + patience.toNanos(), claim);
        } finally {
            places.release();
            // Whoever leaves, also by an exception, takes the latch along; those who stay take a new one.
            wake(id);
        }
    }

    /** Wakes those who wait on this node, because the record was completed or abandoned here. */
    void wake(RecordId id) {
        CountDownLatch end = ends.remove(id);
        if (end != null) {
            end.countDown();
        }
    }

    private Claim repeatedly(RecordId id, long deadline, Supplier<Claim> claim) {
        long interval = FIRST_INTERVAL_NANOS;
        while (true) {
            // Taken before asking: an end between the answer and the sleep is not missed.
            CountDownLatch end = ends.computeIfAbsent(id, none -> new CountDownLatch(1));
            Claim outcome = claim.get();
            long remaining = deadline - System.nanoTime();
            if (!(outcome instanceof Claim.InFlight) || remaining <= 0 || !sleep(end, Math.min(interval, remaining))) {
                return outcome;
            }
            interval = Math.min(2 * interval, LONGEST_INTERVAL_NANOS);
        }
    }

    /** @return false if the thread was interrupted */
    private static boolean sleep(CountDownLatch end, long nanos) {
        try {
            end.await(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
