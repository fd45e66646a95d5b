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
 * @param bytes the size of all records, with indexes; in Redis an estimate from a sample, 0 if Redis forbids MEMORY
 * @param whole false if the time ended before all were counted
 * @param estimate whether these are the shares of a sample, multiplied; false if all were counted
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
        boolean whole,
        boolean estimate) {

    /** Of no records. */
    public static final RecordStatistics NONE =
            new RecordStatistics(0, 0, 0, 0, new Ages(0, 0, 0, 0), 0, 0, 0, true, false);

    /** How many records were claimed how long ago; each record counts once. */
    public record Ages(long underMinute, long underHour, long underDay, long older) {
        Ages plus(Ages other) {
            return new Ages(
                    underMinute + other.underMinute,
                    underHour + other.underHour,
                    underDay + other.underDay,
                    older + other.older);
        }
    }

    /** How many there are. */
    public long total() {
        return processing + completed;
    }

    /** Of these records and others. */
    public RecordStatistics plus(RecordStatistics other) {
        return new RecordStatistics(
                processing + other.processing,
                completed + other.completed,
                withKey + other.withKey,
                withoutKey + other.withoutKey,
                ages.plus(other.ages),
                stale + other.stale,
                expired + other.expired,
                bytes + other.bytes,
                whole && other.whole,
                estimate || other.estimate);
    }

    /** The same, with another size, and whether all were counted. */
    public RecordStatistics measured(long size, boolean all) {
        return new RecordStatistics(
                processing, completed, withKey, withoutKey, ages, stale, expired, size, all, estimate);
    }

    /** The same number of records, of which so many are processing and stale. */
    public RecordStatistics withProcessing(long number, long staleAmongThem) {
        return new RecordStatistics(
                number,
                Math.max(0, total() - number),
                withKey,
                withoutKey,
                ages,
                staleAmongThem,
                expired,
                bytes,
                whole,
                estimate);
    }

    /** The statistics of a set that is {@code factor} times as large as this sample and has the same shares. */
    public RecordStatistics times(double factor) {
        long live = Math.round(total() * factor);
        long processingThen = Math.round(processing * factor);
        long withoutKeyThen = Math.round(withoutKey * factor);
        long underMinute = Math.round(ages.underMinute() * factor);
        long underHour = Math.round(ages.underHour() * factor);
        long underDay = Math.round(ages.underDay() * factor);
        return new RecordStatistics(
                processingThen,
                Math.max(0, live - processingThen),
                Math.max(0, live - withoutKeyThen),
                withoutKeyThen,
                new Ages(underMinute, underHour, underDay, Math.max(0, live - underMinute - underHour - underDay)),
                Math.round(stale * factor),
                Math.round(expired * factor),
                Math.round(bytes * factor),
                whole,
                true);
    }
}
