package dev.idem.core.store;

import dev.idem.core.record.StoredRecord.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a store has, counted. Immutable. A store is counted while it goes on serving, so that the numbers are not those of
 * one instant.
 *
 * @param processing records whose request runs, or whose owner has died
 * @param stale those of them whose owner has been silent for longer than its lock time-out
 * @param completed records with an answer
 * @param outcomeUnknown those of them of whose request nobody knows what became
 * @param keyed records of requests with a key
 * @param fingerprinted records of requests without one, which are known by what they say
 * @param ages how many records were claimed how long ago: one number for each of {@link #AGE_LIMITS}, which counts what is
 *     younger than that and not than the limit before, and one for what is older
 * @param expired records that are over and not yet removed; 0 in Redis, which removes them itself
 * @param bytes what the records take, in Redis of memory and in PostgreSQL of disk with the indexes
 */
public record StoreStatistics(
        long processing,
        long stale,
        long completed,
        long outcomeUnknown,
        long keyed,
        long fingerprinted,
        List<Long> ages,
        long expired,
        long bytes) {

    /** The upper ends of the age groups, in order. */
    public static final List<Duration> AGE_LIMITS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6),
            Duration.ofDays(1),
            Duration.ofDays(7));

    public StoreStatistics {
        ages = List.copyOf(ages);
    }

    /** All that have not expired. */
    public long records() {
        return processing + completed;
    }

    /** Counts one record after another. Not thread-safe. */
    public static final class Counter {
        private final List<Long> ages = new ArrayList<>(Collections.nCopies(AGE_LIMITS.size() + 1, 0L));
        private long processing;
        private long stale;
        private long completed;
        private long outcomeUnknown;
        private long fingerprinted;
        private long bytes;

        /** Counts a record that has not expired. */
        public void add(State state, Duration age, boolean dead, boolean windowed, boolean unknown, long size) {
            processing += state == State.PROCESSING ? 1 : 0;
            completed += state == State.COMPLETED ? 1 : 0;
            stale += dead ? 1 : 0;
            outcomeUnknown += unknown ? 1 : 0;
            fingerprinted += windowed ? 1 : 0;
            bytes += size;
            int group = (int) AGE_LIMITS.stream()
                    .filter(limit -> age.compareTo(limit) >= 0)
                    .count();
            ages.set(group, ages.get(group) + 1);
        }

        /** How many there were until now. */
        public long records() {
            return processing + completed;
        }

        public StoreStatistics statistics() {
            return new StoreStatistics(
                    processing,
                    stale,
                    completed,
                    outcomeUnknown,
                    records() - fingerprinted,
                    fingerprinted,
                    ages,
                    0,
                    bytes);
        }
    }
}
