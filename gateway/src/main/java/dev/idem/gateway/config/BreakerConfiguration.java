package dev.idem.gateway.config;

import dev.idem.gateway.route.BreakerSettings;
import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/** A route's {@code breaker}, as configured; docs/gateway.md describes each key. */
public record BreakerConfiguration(
        @Nullable Integer window,
        @Nullable Integer minimumCalls,
        @Nullable Integer failureRate,
        @Nullable Duration pause) {
    static final BreakerConfiguration EMPTY = new BreakerConfiguration(null, null, null, null);

    private static final int MOST_CALLS = 10_000;

    /** @throws IllegalArgumentException if a key is wrong; the message names it and what it should be */
    BreakerSettings settings() {
        BreakerSettings usual = BreakerSettings.DEFAULT;
        int size = within("window", window, usual.window(), MOST_CALLS);
        java.time.Duration length = pause == null ? usual.pause() : pause.toJavaDuration();
        if (length.toMillis() < 1 || length.compareTo(java.time.Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("breaker.pause must be 1ms to 1h, not " + pause);
        }
        return new BreakerSettings(
                size,
                within("minimumCalls", minimumCalls, Math.min(usual.minimumCalls(), size), size),
                within("failureRate", failureRate, usual.failureRate(), 100),
                length);
    }

    /** This configuration, completed by another where this one has no value. */
    BreakerConfiguration completedBy(BreakerConfiguration other) {
        return new BreakerConfiguration(
                window == null ? other.window : window,
                minimumCalls == null ? other.minimumCalls : minimumCalls,
                failureRate == null ? other.failureRate : failureRate,
                pause == null ? other.pause : pause);
    }

    private static int within(String key, @Nullable Integer written, int otherwise, int most) {
        int value = written == null ? otherwise : written;
        if (value < 1 || value > most) {
            throw new IllegalArgumentException("breaker." + key + " must be 1 to " + most + ", not " + value);
        }
        return value;
    }
}
