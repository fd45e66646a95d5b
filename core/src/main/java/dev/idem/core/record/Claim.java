package dev.idem.core.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What came of a claim. Exactly one of many simultaneous claims of one record is {@link Acquired}. */
public sealed interface Claim {

    /** The caller executes, and must complete or abandon the lease. */
    record Acquired(Lease lease) implements Claim {}

    /**
     * The request was executed before; it is answered with the answer of then.
     *
     * @param completedAt when, by the store's clock
     * @param store the name of the store that has the answer
     * @param remaining how much longer it has it, as of when it was asked; empty if it did not say
     */
    record Replay(Answer answer, Instant completedAt, String store, Optional<Duration> remaining) implements Claim {}

    /**
     * Another owner executes at this moment.
     *
     * @param since when it began, by the store's clock
     * @param store the name of the store that says so
     */
    record InFlight(Instant since, String store) implements Claim {}

    /** The key stands for a different request; nothing was changed. */
    record KeyReused() implements Claim {}
}
