package dev.idem.postgres.statement;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.AnswerSummary;
import dev.idem.core.store.AnswerCodec;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Maps a row of {@code idempotency_records}, with the time of reading as {@code read_at}. Methods throw an {@link
 * IllegalArgumentException} if the row is no record of this release.
 */
public final class RecordRow {
    private static final String STRICT = Consistency.STRICT.name().toLowerCase(Locale.ROOT);

    private static final Answer CLOSED = new AnswerNotStored(AnswerNotStored.Reason.FAILED);
    private static final Fingerprint OF_NO_REQUEST = new Fingerprint(new byte[Fingerprint.LENGTH]);

    private RecordRow() {}

    /** Maps a row with its answer. */
    static StoredRecord read(ResultSet row) throws SQLException {
        RowBounds.check(row);
        return read(row, fingerprint(row), answer(row), false);
    }

    /**
     * Maps a row that cannot be read to a record that keeps its key closed: an answer becomes one that was not stored, and a
     * request that is processed stays so until the record expires.
     */
    static StoredRecord closed(ResultSet row) throws SQLException {
        return read(row, fingerprintOrNone(row), closing(row.getBytes("answer")), true);
    }

    /** As {@link #closed}, for a row of {@code head.sql}. */
    static RecordHead closedHead(ResultSet row) throws SQLException {
        Optional<AnswerSummary> closing = closing(row.getBytes("answer_head")).map(Answer::summary);
        return head(row, fingerprintOrNone(row), closing, row.getLong("answer_bytes"), true);
    }

    private static Optional<Answer> closing(byte @Nullable [] answer) {
        return answer == null ? Optional.empty() : Optional.of(CLOSED);
    }

    private static Fingerprint fingerprintOrNone(ResultSet row) throws SQLException {
        byte[] bytes = row.getBytes("fingerprint");
        return bytes.length == Fingerprint.LENGTH ? new Fingerprint(bytes) : OF_NO_REQUEST;
    }

    private static StoredRecord read(ResultSet row, Fingerprint fingerprint, Optional<Answer> answer, boolean closed)
            throws SQLException {
        return head(row, fingerprint, answer.map(Answer::summary), 0, closed).with(answer);
    }

    private static Optional<Answer> answer(ResultSet row) throws SQLException {
        byte @Nullable [] bytes = row.getBytes("answer");
        return bytes == null ? Optional.empty() : Optional.of(AnswerCodec.decode(ByteBuffer.wrap(bytes)));
    }

    /** Maps a row of {@code head.sql}. */
    static RecordHead head(ResultSet row) throws SQLException {
        RowBounds.check(row);
        byte @Nullable [] beginning = row.getBytes("answer_head");
        Optional<AnswerSummary> answer =
                beginning == null ? Optional.empty() : Optional.of(AnswerCodec.summary(ByteBuffer.wrap(beginning)));
        return head(row, fingerprint(row), answer, row.getLong("answer_bytes"), false);
    }

    private static Fingerprint fingerprint(ResultSet row) throws SQLException {
        return new Fingerprint(row.getBytes("fingerprint"));
    }

    private static RecordHead head(
            ResultSet row, Fingerprint fingerprint, Optional<AnswerSummary> answer, long answerBytes, boolean closed)
            throws SQLException {
        Instant claimedAt = RowBounds.time(row, "claimed_at");
        Optional<Instant> completedAt = RowBounds.optionalTime(row, "completed_at");
        return new RecordHead(
                new RecordId(new Scope(row.getString("scope")), row.getString("key")),
                fingerprint,
                Objects.requireNonNull(row.getObject("owner", UUID.class), "it has no owner"),
                RowBounds.FENCING.of(row),
                (int) RowBounds.ATTEMPT.of(row),
                new ClaimOrigin(row.getString("node"), row.getString("route"), consistency(row)),
                claimedAt,
                closed ? RowBounds.LATEST : RowBounds.time(row, "heartbeat_at"), // no take-over of what is closed
                Duration.ofMillis(RowBounds.LOCK_TIMEOUT.of(row)),
                window(row),
                answer.map(completed -> completedAt.orElse(claimedAt)),
                RowBounds.time(row, "expires_at"),
                answer,
                answerBytes,
                RowBounds.time(row, "read_at"));
    }

    /** None for a row that is out of bounds: its window would seem over, and the key free. */
    private static Optional<Duration> window(ResultSet row) throws SQLException {
        return RowBounds.wrong(row).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(row.getObject("window_ms", Long.class)).map(Duration::ofMillis);
    }

    /** The value of the column {@code consistency}; null for what is usual. */
    public static @Nullable String consistency(ClaimRequest request) {
        return request.consistency() == Consistency.STRICT ? STRICT : null;
    }

    private static Optional<Consistency> consistency(ResultSet row) throws SQLException {
        return STRICT.equals(row.getString("consistency")) ? Optional.of(Consistency.STRICT) : Optional.empty();
    }
}
