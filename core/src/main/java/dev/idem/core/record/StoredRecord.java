package dev.idem.core.record;

import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record as a store keeps it, with its answer.
 *
 * @param answer what repeats get; empty while processing
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
        Instant readAt)
        implements SeenRecord {

    /** The two states of a record. */
    public enum State {
        PROCESSING,
        COMPLETED
    }

    @Override
    public Optional<AnswerSummary> answerSummary() {
        return answer.map(Answer::summary);
    }
}
