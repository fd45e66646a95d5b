package dev.idem.core.record;

import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.AnswerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record as read from a store: {@linkplain StoredRecord with its answer}, or {@linkplain RecordHead without}. All
 * instants are by the store's clock.
 */
public sealed interface SeenRecord permits StoredRecord, RecordHead {

    RecordId id();

    Fingerprint fingerprint();

    UUID owner();

    long fencing();

    int attempt();

    ClaimOrigin origin();

    Instant claimedAt();

    /** When the owner sent its last heartbeat. */
    Instant heartbeatAt();

    /** After this long without a heartbeat the owner counts as dead. */
    Duration lockTimeout();

    /** How long a completed record answers, from its claim, if its request had no key. */
    Optional<Duration> window();

    /** When the answer was stored; empty while processing. */
    Optional<Instant> completedAt();

    Instant expiresAt();

    /** The store's time when the record was read, so that ages need no other clock. */
    Instant readAt();

    /** The beginning of the answer; empty while processing. */
    Optional<AnswerSummary> answerSummary();

    default State state() {
        return answerSummary().isPresent() ? State.COMPLETED : State.PROCESSING;
    }

    /** Whether it is held: completed, with an unknown outcome. */
    default boolean outcomeUnknown() {
        return answerSummary().filter(AnswerNotStored.OUTCOME_UNKNOWN::equals).isPresent();
    }

    /** Whether the owner has been silent for longer than its own {@code lockTimeout}. */
    default boolean stale() {
        return staleFor(lockTimeout());
    }

    /** Whether it has an answer that stands until the record expires: one with no window and a known outcome. */
    default boolean isFinal() {
        return state() == State.COMPLETED && window().isEmpty() && !outcomeUnknown();
    }

    /** Whether its request still executes, as far as the store knows: it is processing, and not stale. */
    default boolean executing() {
        return state() == State.PROCESSING && !stale();
    }

    /** Whether the owner has been silent for longer than {@code silence}. */
    default boolean staleFor(Duration silence) {
        return state() == State.PROCESSING
                && Duration.between(heartbeatAt(), readAt()).compareTo(silence) > 0;
    }
}
