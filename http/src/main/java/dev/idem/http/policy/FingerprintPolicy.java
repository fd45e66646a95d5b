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
 * @param rules the parts of a request that are compared, with a key or without
 * @param window how long after the first request an equal one without a key is its repeat; empty if requests without a key are
 *     not compared
 * @param ceiling up to which the window grows with each caller's repeats; empty if it does not grow
 * @param content the field that alone is compared in requests without a key, if they have it
 * @param callers what tells the callers of requests without a key apart
 * @param strangers whether requests without a key are compared between unauthenticated callers; only a named policy allows it
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

    /** Compares the whole body for 100 ms. */
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

    /** As a default for other routes: unauthenticated callers are not compared. */
    public FingerprintPolicy ofAllRoutes() {
        return new FingerprintPolicy(rules, window, ceiling, content, callers, false);
    }

    /** The same, but requests without a key are not compared. */
    public FingerprintPolicy withKeyOnly() {
        return new FingerprintPolicy(rules, Optional.empty(), Optional.empty(), Optional.empty(), callers, false);
    }

    /** A new window for one route; empty if requests without a key are not compared. */
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
