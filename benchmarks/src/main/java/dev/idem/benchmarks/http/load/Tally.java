package dev.idem.benchmarks.http.load;

/**
 * The outcomes of the requests.
 *
 * @param executed answered with 2xx, and not as a repeat
 * @param replayed answered with 2xx and {@code Idempotent-Replayed}
 * @param conflicts answered with 409
 * @param failed answered with anything else
 * @param unanswered without a response, or with a broken connection
 */
public record Tally(long executed, long replayed, long conflicts, long failed, long unanswered) {
    public static final Tally NONE = new Tally(0, 0, 0, 0, 0);

    Tally answered(int status, boolean replay) {
        boolean success = status / 100 == 2;
        return new Tally(
                executed + (success && !replay ? 1 : 0),
                replayed + (success && replay ? 1 : 0),
                conflicts + (status == 409 ? 1 : 0),
                failed + (success || status == 409 ? 0 : 1),
                unanswered);
    }

    Tally withoutAnswer() {
        return new Tally(executed, replayed, conflicts, failed, unanswered + 1);
    }

    public Tally plus(Tally other) {
        return new Tally(
                executed + other.executed,
                replayed + other.replayed,
                conflicts + other.conflicts,
                failed + other.failed,
                unanswered + other.unanswered);
    }

    /** The number of requests with any response. */
    public long answers() {
        return executed + replayed + conflicts + failed;
    }
}
