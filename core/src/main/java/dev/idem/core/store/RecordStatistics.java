package dev.idem.core.store;

/**
 * How many records a store has, by kind. Counting runs beside requests, so these numbers may come from different
 * moments. Redis may count a record twice that is written meanwhile.
 *
 * @param processing records whose request is executing
 * @param completed records with an answer
 * @param withKey records of requests with a key
 * @param withoutKey records of requests without a key, identified by their fingerprint
 * @param ages of all records, since their claim
 * @param stale processing records whose owner has been silent for longer than its lock timeout
 * @param expired records past their time to live that are not deleted yet; they count nowhere else. Redis deletes by
 *     itself: 0
 * @param bytes the size of all records, with indexes; in Redis an estimate from a sample
 * @param whole false if the time ended before all were counted
 */
public record RecordStatistics(
        long processing,
        long completed,
        long withKey,
        long withoutKey,
        Ages ages,
        long stale,
        long expired,
        long bytes,
        boolean whole) {

    /** How many records were claimed how long ago; each record counts once. */
    public record Ages(long underMinute, long underHour, long underDay, long older) {}

    /** How many there are. */
    public long total() {
        return processing + completed;
    }
}
