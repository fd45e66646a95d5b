package dev.idem.gateway.body;

import java.time.Duration;

/**
 * How fast a body has to come. Only the time counts in which we wait for the client: while somebody else takes what has come
 * slowly, the client is not to blame.
 *
 * @param minRate bytes a second, on the average of each {@code within}; 0 for any
 * @param within of how much waiting the average is taken; so also how long nothing may come
 * @param longest how long we wait for a body altogether
 */
public record MinimumBodyRate(long minRate, Duration within, Duration longest) {
    /** For whoever says nothing else. */
    public static final MinimumBodyRate DEFAULT = new MinimumBodyRate(240, Duration.ofSeconds(10), Duration.ofHours(1));

    /** For bodies of 1 MiB at the most, each of which holds a thread. */
    public static final MinimumBodyRate OF_THE_SERVICE =
            new MinimumBodyRate(240, Duration.ofSeconds(10), Duration.ofMinutes(1));
}
