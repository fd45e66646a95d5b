package dev.idem.service.config;

import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The {@code shutdown} section.
 *
 * @param drainDelay how long requests are still served after the node has become unready, 0s to 10m; 5s by default
 */
public record ShutdownConfiguration(@Nullable Duration drainDelay) {
    private static final java.time.Duration USUAL = java.time.Duration.ofSeconds(5);
    private static final java.time.Duration LONGEST = java.time.Duration.ofMinutes(10);

    /** @throws IllegalArgumentException naming the key and what it should be */
    public ShutdownConfiguration {
        if (drainDelay != null && drainDelay.toJavaDuration().compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "shutdown.drainDelay (DRAIN_DELAY) must be 0s to 10m, not " + drainDelay);
        }
    }

    /** The usual one where none was given. */
    public java.time.Duration drain() {
        return drainDelay == null ? USUAL : drainDelay.toJavaDuration();
    }
}
