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
import dev.idem.core.record.answer.AnswerSummary;
import dev.idem.core.store.AnswerCodec;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Maps a row of {@code idempotency_records}, with the time of reading as {@code read_at}. */
public final class RecordRow {
    private static final String STRICT = Consistency.STRICT.name().toLowerCase(Locale.ROOT);

    private RecordRow() {}

    /** Maps a row with its answer. */
    public static StoredRecord read(ResultSet row, StatementContext context) throws SQLException {
        byte @Nullable [] bytes = row.getBytes("answer");
        if (bytes == null) {
            return head(row, Optional.empty(), 0).with(Optional.empty());
        }
        Answer answer = AnswerCodec.decode(ByteBuffer.wrap(bytes));
        return head(row, Optional.of(answer.summary()), bytes.length).with(Optional.of(answer));
    }

    /** Maps a row of {@code head.sql}. */
    public static RecordHead head(ResultSet row, StatementContext context) throws SQLException {
        byte @Nullable [] beginning = row.getBytes("answer_head");
        Optional<AnswerSummary> answer =
                beginning == null ? Optional.empty() : Optional.of(AnswerCodec.summary(ByteBuffer.wrap(beginning)));
        return head(row, answer, row.getLong("answer_bytes"));
    }

    private static RecordHead head(ResultSet row, Optional<AnswerSummary> answer, long answerBytes)
            throws SQLException {
        return new RecordHead(
                new RecordId(new Scope(row.getString("scope")), row.getString("key")),
                new Fingerprint(row.getBytes("fingerprint")),
                row.getObject("owner", UUID.class),
                row.getLong("fencing"),
                row.getInt("attempt"),
                new ClaimOrigin(
                        row.getString("node"),
                        row.getString("route"),
                        Optional.ofNullable(row.getString("consistency")).map(RecordRow::consistency)),
                instant(row, "claimed_at"),
                instant(row, "heartbeat_at"),
                Duration.ofMillis(row.getLong("lock_timeout_ms")),
                Optional.ofNullable(row.getObject("window_ms", Long.class)).map(Duration::ofMillis),
                Optional.ofNullable(row.getObject("completed_at", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                instant(row, "expires_at"),
                answer,
                answerBytes,
                instant(row, "read_at"));
    }

    /** The value of the column {@code consistency}; null for what is usual. */
    public static @Nullable String consistency(ClaimRequest request) {
        return request.consistency() == Consistency.STRICT ? STRICT : null;
    }

    private static Consistency consistency(String text) {
        return Consistency.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
