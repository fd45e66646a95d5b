package dev.idem.benchmarks.http.load;

import java.time.Duration;

/** Ends the sending of requests when either limit is reached. */
public record Limit(long requests, Duration time) {
    private static final Duration LONG = Duration.ofMinutes(2);

    public static Limit requests(long requests) {
        return new Limit(requests, LONG);
    }

    public static Limit time(Duration time) {
        return new Limit(Long.MAX_VALUE, time);
    }
}
