package dev.idem.benchmarks.http.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The result of a load.
 *
 * @param elapsed from the first request to the last response
 * @param latencies nanoseconds, of answered requests, from when each was due; never more than a minute
 */
public record LoadResult(Duration elapsed, Histogram latencies, Tally tally) {
    static final long LONGEST = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;

    /** An empty histogram of such latencies. */
    public static Histogram histogram() {
        return new Histogram(LONGEST, DIGITS);
    }

    /** Responses per second. */
    public double throughput() {
        return tally.answers() / (elapsed.toNanos() / 1e9);
    }

    /**
     * The latencies that clients would have seen at the mean rate. In a closed loop no client sends requests while the server
     * hangs, so the latencies of those requests are missing (coordinated omission).
     *
     * @param connections how many there were
     */
    public Histogram corrected(int connections) {
        long answers = Math.max(1, tally.answers());
        return latencies.copyCorrectedForCoordinatedOmission(elapsed.toNanos() * connections / answers);
    }
}
