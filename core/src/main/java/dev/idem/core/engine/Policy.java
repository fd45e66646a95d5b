package dev.idem.core.engine;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import java.time.Duration;

/**
 * The rules by which the engine decides about one request.
 *
 * @param ttl how long an answer is kept, from its completion
 * @param lockTimeout how long an owner may send no heartbeat before a repeat takes over
 * @param maxWait ({@code wait} in the configuration) how long a repeat waits for the first request; zero answers at
 *     once
 * @param onStoreFailure what happens when no store is available
 * @param consistency which store decides
 * @param maxInFlightPerScope how many requests of one scope may execute on this node at a time; {@link #UNBOUNDED} for
 *     any number
 */
public record Policy(
        Duration ttl,
        Duration lockTimeout,
        Duration maxWait,
        OnStoreFailure onStoreFailure,
        Consistency consistency,
        int maxInFlightPerScope) {
    /** No bound on what a scope has in flight. */
    public static final int UNBOUNDED = 0;

    private static final int LARGEST_BOUND = 1_000_000;

    /** The policy of a route that configures nothing. */
    public static final Policy DEFAULT = new Policy(
            Duration.ofHours(24), Duration.ofSeconds(30), Duration.ofSeconds(5), OnStoreFailure.OPEN, Consistency.FAST);

    /** @throws IllegalArgumentException naming the invalid key and what is allowed */
    public Policy {
        requireBetween("ttl", ttl, Duration.ofSeconds(1), Duration.ofDays(366), "from 1s to 366d");
        requireBetween("lockTimeout", lockTimeout, Duration.ofSeconds(1), Duration.ofDays(1), "from 1s to 1d");
        requireBetween("wait", maxWait, Duration.ZERO, Duration.ofMinutes(5), "from 0s to 5m");
        if (maxInFlightPerScope < UNBOUNDED || maxInFlightPerScope > LARGEST_BOUND) {
            throw new IllegalArgumentException("policy.maxInFlightPerScope must be from 1 to " + LARGEST_BOUND
                    + ", or 0 for no bound, not " + maxInFlightPerScope);
        }
    }

    /** Without a bound on what a scope has in flight. */
    public Policy(
            Duration ttl,
            Duration lockTimeout,
            Duration maxWait,
            OnStoreFailure onStoreFailure,
            Consistency consistency) {
        this(ttl, lockTimeout, maxWait, onStoreFailure, consistency, UNBOUNDED);
    }

    /** The same without a bound on what a scope has in flight. */
    public Policy unbounded() {
        return new Policy(ttl, lockTimeout, maxWait, onStoreFailure, consistency);
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most, String expected) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("policy." + name + " must be " + expected + ", not " + value);
        }
    }
}
