package dev.idem.http.policy;

import dev.idem.core.fingerprint.ContentRule;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.window.AdaptiveWindow;
import dev.idem.core.window.FixedWindow;
import dev.idem.core.window.RepeatWindow;
import java.time.Duration;
import java.util.Optional;

/**
 * How requests are compared.
 *
 * @param rules what of a request counts, with a key or without
 * @param window how long after the first one a request without a key, that says the same, counts as its repeat; empty if
 *     such requests are not compared
 * @param ceiling up to which the window grows with the repeats of each caller; empty if it does not
 * @param content the field by which alone such requests are compared, where they have it
 * @param callers by what the callers of such requests are told apart
 * @param strangers whether such requests are compared even where all callers are one; only a route's own policy says so
 */
public record FingerprintPolicy(
        FingerprintRules rules,
        Optional<Duration> window,
        Optional<Duration> ceiling,
        Optional<ContentRule> content,
        CallerDiscriminator callers,
        boolean strangers) {
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** The whole body, for a tenth of a second. */
    public static final FingerprintPolicy DEFAULT = new FingerprintPolicy(
            FingerprintRules.USUAL,
            Optional.of(Duration.ofMillis(100)),
            Optional.empty(),
            Optional.empty(),
            CallerDiscriminator.USUAL,
            false);

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public FingerprintPolicy {
        Duration least = window.orElse(SHORTEST);
        require(least, SHORTEST, "policy.fingerprint.window must be from 1ms to 1d, not ");
        ceiling.ifPresent(length ->
                require(length, least, "policy.fingerprint.adaptive.ceiling must be from the window to 1d, not "));
    }

    /** The same for routes that say nothing of it themselves. */
    public FingerprintPolicy ofAllRoutes() {
        return new FingerprintPolicy(rules, window, ceiling, content, callers, false);
    }

    /** The same for requests with a key; those without one are not compared. */
    public FingerprintPolicy withKeyOnly() {
        return new FingerprintPolicy(rules, Optional.empty(), Optional.empty(), Optional.empty(), callers, false);
    }

    /** A window of its own for one route; empty if requests without a key are not compared. */
    public Optional<RepeatWindow> newWindow() {
        return window.map(length -> ceiling.<RepeatWindow>map(longest -> new AdaptiveWindow(length, longest))
                .orElseGet(() -> new FixedWindow(length)));
    }

    private static void require(Duration length, Duration least, String message) {
        if (length.compareTo(least) < 0 || length.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(message + length);
        }
    }
}
