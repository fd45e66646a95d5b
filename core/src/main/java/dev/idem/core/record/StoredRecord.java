package dev.idem.core.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record as a store keeps it, for operators. All instants are by the store's clock.
 *
 * @param heartbeatAt when the owner sent its last heartbeat
 * @param lockTimeout after this long without a heartbeat the owner counts as dead
 * @param window how long a completed record answers, from its claim, if its request had no key
 * @param completedAt when the answer was stored; empty while processing
 * @param expiresAt when the record expires
 * @param answer what repeats get; empty while processing
 * @param readAt the store's time when the record was read, so that ages need no other clock
 */
public record StoredRecord(
        RecordId id,
        Fingerprint fingerprint,
        UUID owner,
        long fencing,
        int attempt,
        ClaimOrigin origin,
        Instant claimedAt,
        Instant heartbeatAt,
        Duration lockTimeout,
        Optional<Duration> window,
        Optional<Instant> completedAt,
        Instant expiresAt,
        Optional<Answer> answer,
        Instant readAt) {

    /** The two states of a record. */
    public enum State {
        PROCESSING,
        COMPLETED
    }

    public State state() {
        return answer.isPresent() ? State.COMPLETED : State.PROCESSING;
    }

    /** Whether it is held: completed, with an unknown outcome. */
    public boolean outcomeUnknown() {
        return answer.filter(AnswerNotStored.OUTCOME_UNKNOWN::equals).isPresent();
    }

    /** Whether the owner has been silent for longer than its own {@code lockTimeout}. */
    public boolean stale() {
        return staleFor(lockTimeout);
    }

    /** Whether it has an answer that stands until the record expires: one with no window and a known outcome. */
    public boolean isFinal() {
        return state() == State.COMPLETED && window.isEmpty() && !outcomeUnknown();
    }

    /** Whether its request still executes, as far as the store knows: it is processing, and not stale. */
    public boolean executing() {
        return state() == State.PROCESSING && !stale();
    }

    /** Whether the owner has been silent for longer than {@code silence}. */
    public boolean staleFor(Duration silence) {
        return state() == State.PROCESSING
                && Duration.between(heartbeatAt, readAt).compareTo(silence) > 0;
    }
}
