package dev.idem.gateway.route;

import java.time.Duration;

/**
 * When the circuit breaker of an upstream opens.
 *
 * @param window the number of latest requests that are considered
 * @param minimumCalls how many requests are needed before the breaker may open; at most {@code window}
 * @param failureRate the share of failures that opens it, in percent
 * @param pause how long it stays open
 */
public record BreakerSettings(int window, int minimumCalls, int failureRate, Duration pause) {
    /** Half of the last 20 requests, but not before 10. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(20, 10, 50, Duration.ofSeconds(5));
}
