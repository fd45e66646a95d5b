package dev.idem.core.journal.entry;

import java.time.Duration;

/**
 * A point on this process's monotonic clock. A store receives the distance from now, never a time of day, because the
 * clocks of two machines need not agree.
 *
 * @param nanoTime of {@link System#nanoTime()}
 */
public record MonotonicInstant(long nanoTime) {
    /** Beyond this a 64-bit monotonic clock would overflow; nothing here is kept for so long. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    private static final Duration EVER_BEFORE = FOREVER.negated();

    public static MonotonicInstant now() {
        return new MonotonicInstant(System.nanoTime());
    }

    /** Later by {@code duration}, or earlier if that is negative; at most a hundred years away. */
    public MonotonicInstant plus(Duration duration) {
        if (duration.compareTo(FOREVER) > 0) {
            return plus(FOREVER);
        }
        return duration.compareTo(EVER_BEFORE) < 0
                ? plus(EVER_BEFORE)
                : new MonotonicInstant(nanoTime + duration.toNanos());
    }

    /** How long ago it was; negative if it is in the future. */
    public Duration age() {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** How long it is until then; negative if it has passed. */
    public Duration remaining() {
        return Duration.ofNanos(nanoTime - System.nanoTime());
    }

    /** The earlier of both. */
    public MonotonicInstant earlier(MonotonicInstant other) {
        return nanoTime - other.nanoTime <= 0 ? this : other;
    }

    /** The later of both. */
    public MonotonicInstant later(MonotonicInstant other) {
        return nanoTime - other.nanoTime >= 0 ? this : other;
    }
}
