package dev.idem.core.engine;

import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.Optional;

/**
 * The rules of one route.
 *
 * @param ttl how long an answer is kept, from its completion
 * @param lockTimeout how long an owner may be silent before a repeat takes over
 * @param maxWait ({@code wait} in the configuration) how long a repeat waits for the first one; zero answers at once
 * @param keyRequired whether a request without a key is refused
 * @param keyFormat which keys are taken
 * @param window how long after the first one a request without a key, that says the same, counts as its repeat; empty
 *     if such requests are not compared
 * @param fingerprint what of a request is compared
 * @param onStoreFailure what happens when no store may be asked
 * @param storeServerErrors whether 5xx answers are stored and replayed too
 * @param maxStoredBody the largest answer that is stored, bytes
 * @param maxRequestBody the largest request that is taken, bytes
 * @param consistency which store decides
 */
public record Policy(
        Duration ttl,
        Duration lockTimeout,
        Duration maxWait,
        boolean keyRequired,
        KeyFormat keyFormat,
        Optional<Duration> window,
        FingerprintRules fingerprint,
        OnStoreFailure onStoreFailure,
        boolean storeServerErrors,
        long maxStoredBody,
        long maxRequestBody,
        Consistency consistency) {

    /** Redis keeps a value in one piece, and so do we: 64 MiB is far beyond what an API answers. */
    private static final long MAX_BODY = 64L << 20;

    /** The policy of a route that says nothing. */
    public static final Policy DEFAULT = new Policy(
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            false,
            KeyFormat.UUID,
            Optional.of(Duration.ofMillis(100)),
            FingerprintRules.USUAL,
            OnStoreFailure.OPEN,
            false,
            1 << 20,
            1 << 20,
            Consistency.FAST);

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public Policy {
        require(between(ttl, Duration.ofSeconds(1), Duration.ofDays(366)), "ttl", "from 1s to 366d", ttl);
        require(
                between(lockTimeout, Duration.ofSeconds(1), Duration.ofDays(1)),
                "lockTimeout",
                "from 1s to 1d",
                lockTimeout);
        require(between(maxWait, Duration.ZERO, Duration.ofMinutes(5)), "wait", "from 0s to 5m", maxWait);
        window.ifPresent(length -> require(
                between(length, Duration.ofMillis(1), Duration.ofDays(1)),
                "fingerprint.window",
                "from 1ms to 1d",
                length));
        require(maxStoredBody >= 0 && maxStoredBody <= MAX_BODY, "maxStoredBody", "from 0 to 64MiB", maxStoredBody);
        require(maxRequestBody >= 0 && maxRequestBody <= MAX_BODY, "maxRequestBody", "from 0 to 64MiB", maxRequestBody);
    }

    /** The same rules, decided by another store. */
    public Policy with(Consistency other) {
        return new Policy(
                ttl,
                lockTimeout,
                maxWait,
                keyRequired,
                keyFormat,
                window,
                fingerprint,
                onStoreFailure,
                storeServerErrors,
                maxStoredBody,
                maxRequestBody,
                other);
    }

    private static boolean between(Duration value, Duration least, Duration most) {
        return value.compareTo(least) >= 0 && value.compareTo(most) <= 0;
    }

    private static void require(boolean holds, String name, String expected, Object actual) {
        if (!holds) {
            throw new IllegalArgumentException("policy." + name + " must be " + expected + ", not " + actual);
        }
    }
}
