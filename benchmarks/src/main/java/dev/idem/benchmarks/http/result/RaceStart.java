package dev.idem.benchmarks.http.result;

import dev.idem.benchmarks.http.load.Pace;
import java.time.Duration;

/** How duplicates come. */
public enum RaceStart {
    TOGETHER,
    /** Over 8 ms: some come while the first one ends. */
    TRICKLING;

    private static final Duration OVER = Duration.ofMillis(8);

    public Pace pace(int requests) {
        return this == TOGETHER ? Pace.TOGETHER : Pace.open(requests / (OVER.toNanos() / 1e9));
    }
}
