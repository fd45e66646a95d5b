package dev.idem.core.store;

/**
 * How many records a store has, and of which kinds. Counted while requests go on, so that two of these numbers need not
 * be of one moment; Redis may count a record twice that is written meanwhile.
 *
 * @param processing records whose request is being executed
 * @param completed records with an answer
 * @param withKey records of requests that brought a key
 * @param withoutKey records of requests that are known by what they say
 * @param ages of all of them, since their claim
 * @param stale those that are processing, and whose owner has been silent for longer than its lock timeout
 * @param expired those that are over and not deleted yet; they count nowhere else. Redis deletes by itself: 0
 * @param bytes what they take, with indexes; in Redis an estimate from a sample
 * @param whole false if the time was over before all were counted
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

    /** How many were claimed how long ago, each counted once. */
    public record Ages(long underMinute, long underHour, long underDay, long older) {}

    /** How many there are. */
    public long total() {
        return processing + completed;
    }
}
