package dev.idem.gateway.route;

import java.time.Duration;

/**
 * When an upstream is left alone because it fails.
 *
 * @param window how many of the last requests are looked at
 * @param minimumCalls how many there must have been before anything is concluded; at most {@code window}
 * @param failureRate the share of them that must have failed, per cent
 * @param pause how long it is left alone
 */
public record BreakerSettings(int window, int minimumCalls, int failureRate, Duration pause) {
    /** Half of the last 20, and not before 10. */
    public static final BreakerSettings DEFAULT = new BreakerSettings(20, 10, 50, Duration.ofSeconds(5));
}
