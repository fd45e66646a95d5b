package dev.idem.gateway.body;

import java.time.Duration;

/**
 * How fast a request body must arrive. Only time spent waiting for the client counts: a slow reader on our side is not
 * the client's fault.
 *
 * @param minRate bytes per second, averaged over each {@code within}; 0 for no minimum
 * @param within the period of waiting over which the rate is averaged; also the longest silence
 * @param longest the longest total time to wait for one body
 */
public record MinimumBodyRate(long minRate, Duration within, Duration longest) {
    /** The default. */
    public static final MinimumBodyRate DEFAULT = new MinimumBodyRate(240, Duration.ofSeconds(10), Duration.ofHours(1));

    /** For the application: bodies of at most 1 MiB, each of which holds a thread. */
    public static final MinimumBodyRate OF_THE_SERVICE =
            new MinimumBodyRate(240, Duration.ofSeconds(10), Duration.ofMinutes(1));
}
