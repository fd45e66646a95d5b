package dev.idem.core.record;

import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The outcome of a claim. Exactly one of many simultaneous claims of one record is {@link Acquired}. */
public sealed interface Claim {

    /** The caller executes, and must complete or abandon the lease. */
    record Acquired(Lease lease) implements Claim {}

    /**
     * The request was executed before; the repeat gets its stored answer.
     *
     * @param completedAt the time of completion, by the store's clock
     * @param store the name of the store that has the answer
     * @param remaining how much longer that store keeps it, as of this call; empty if it did not say
     */
    record Replay(Answer answer, Instant completedAt, String store, Optional<Duration> remaining) implements Claim {}

    /**
     * Another owner executes now.
     *
     * @param since when it began, by the store's clock
     * @param store the name of the store that reported this
     */
    record InFlight(Instant since, String store) implements Claim {}

    /** The key belongs to a different request; nothing was changed. */
    record KeyReused() implements Claim {}
}
