package dev.idem.core.record;

import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A record without its answer, which may be large. Lists and searches read only heads.
 *
 * @param answerSummary empty while processing
 * @param answerBytes how many bytes the store keeps of the answer: status, headers, and the body as kept; 0 while
 *     processing
 */
public record RecordHead(
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
        Optional<AnswerSummary> answerSummary,
        long answerBytes,
        Instant readAt)
        implements SeenRecord {

    /** The same record with its answer. */
    public StoredRecord with(Optional<Answer> answer) {
        return new StoredRecord(
                id,
                fingerprint,
                owner,
                fencing,
                attempt,
                origin,
                claimedAt,
                heartbeatAt,
                lockTimeout,
                window,
                completedAt,
                expiresAt,
                answer,
                readAt);
    }
}
