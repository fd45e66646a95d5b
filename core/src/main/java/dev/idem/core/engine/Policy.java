package dev.idem.core.engine;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.Optional;

/**
 * The rules by which the engine decides about one request.
 *
 * @param ttl how long an answer is kept, from its completion
 * @param lockTimeout how long an owner may send no heartbeat before a repeat takes over
 * @param maxWait ({@code wait} in the configuration) how long a repeat waits for the first request; zero answers at
 *     once
 * @param writtenOnStoreFailure what happens when no store is available; empty if nobody has said so:
 *     {@link #onStoreFailure()}
 * @param consistency which store decides
 * @param maxInFlightPerScope how many requests of one scope may execute on this node at a time; {@link #UNBOUNDED} for
 *     any number
 */
public record Policy(
        Duration ttl,
        Duration lockTimeout,
        Duration maxWait,
        Optional<OnStoreFailure> writtenOnStoreFailure,
        Consistency consistency,
        int maxInFlightPerScope) {
    /** No bound on what a scope has in flight. */
    public static final int UNBOUNDED = 0;

    private static final int LARGEST_BOUND = 1_000_000;

    /** The policy of a route that configures nothing. */
    public static final Policy DEFAULT = new Policy(
            Duration.ofHours(24),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Optional.empty(),
            Consistency.FAST,
            UNBOUNDED);

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

    /** With a rule for the time when no store is available. */
    public Policy(
            Duration ttl,
            Duration lockTimeout,
            Duration maxWait,
            OnStoreFailure onStoreFailure,
            Consistency consistency,
            int maxInFlightPerScope) {
        this(ttl, lockTimeout, maxWait, Optional.of(onStoreFailure), consistency, maxInFlightPerScope);
    }

    /**
     * What happens when no store is available. Unless it is written, {@code strict} executes nothing: each process would decide
     * by its own memory, and one key could execute once in each.
     */
    public OnStoreFailure onStoreFailure() {
        return writtenOnStoreFailure.orElse(
                consistency == Consistency.STRICT ? OnStoreFailure.CLOSED : OnStoreFailure.OPEN);
    }

    /** Whether a key may execute once in each process although {@code strict} was asked for. */
    public boolean isStrictButOpen() {
        return StrictButOpen.is(consistency, writtenOnStoreFailure);
    }

    /** The same without a bound on what a scope has in flight. */
    public Policy unbounded() {
        return new Policy(ttl, lockTimeout, maxWait, writtenOnStoreFailure, consistency, UNBOUNDED);
    }

    private static void requireBetween(String name, Duration value, Duration least, Duration most, String expected) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("policy." + name + " must be " + expected + ", not " + value);
        }
    }
}
