package dev.idem.verification.scale;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCodec;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/** Writes a series to {@code idempotency_records} by COPY, as rows that Redis decided. */
final class PostgresFill {
    private static final String COPY = """
            COPY idempotency_records (scope, key, state, fingerprint, owner, fencing, attempt, node, route, claimed_at,
                heartbeat_at, lock_timeout_ms, window_ms, completed_at, expires_at, answer) FROM STDIN""";
    private static final String NULL = "\\N";
    private static final byte[] NOTHING = NULL.getBytes(US_ASCII);
    private static final int BUFFER = 1 << 16;

    private final Jdbi jdbi;

    /** There are few different answers, and each is encoded once: some are large. */
    private final IdentityHashMap<Answer, byte[]> encoded = new IdentityHashMap<>();

    PostgresFill(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** One transaction for all. Then it counts the table, as the server does by itself some time later. */
    void write(RecordSeries series) {
        jdbi.useHandle(handle -> {
            copy(series, handle.getConnection());
            vacuum(handle.getConnection());
        });
    }

    /** Not by JDBI: it may be one that begins a transaction for each statement, in which PostgreSQL refuses this. */
    private static void vacuum(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE) idempotency_records");
        } catch (SQLException e) {
            throw new IllegalStateException("the table cannot be counted", e);
        }
    }

    private void copy(RecordSeries series, Connection connection) {
        try (OutputStream out =
                new BufferedOutputStream(new PGCopyOutputStream(connection.unwrap(PGConnection.class), COPY), BUFFER)) {
            for (int number = 0; number < series.size(); number++) {
                StoredRecord record = series.record(number);
                out.write(row(record).getBytes(US_ASCII));
                out.write(record.answer().map(this::answer).orElse(NOTHING));
                out.write('\n');
            }
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("PostgreSQL does not take the rows", e);
        }
    }

    /** All fields but the answer, which is the last. */
    private String row(StoredRecord record) {
        return Stream.of(
                        record.id().scope().value(),
                        record.id().key(),
                        record.state().name().toLowerCase(Locale.ROOT),
                        bytes(record.fingerprint().bytes()),
                        record.owner(),
                        record.fencing(),
                        record.attempt(),
                        record.origin().node(),
                        record.origin().route(),
                        record.claimedAt(),
                        record.heartbeatAt(),
                        record.lockTimeout().toMillis(),
                        record.window().<Object>map(Duration::toMillis).orElse(NULL),
                        record.completedAt().<Object>map(at -> at).orElse(NULL),
                        record.expiresAt())
                .map(field -> field.equals(NULL) ? NULL : escaped(field.toString()))
                .collect(Collectors.joining("\t", "", "\t"));
    }

    private byte[] answer(Answer answer) {
        return encoded.computeIfAbsent(
                answer, other -> escaped(bytes(AnswerCodec.encode(other))).getBytes(US_ASCII));
    }

    private static String bytes(byte[] value) {
        return "\\x" + HexFormat.of().formatHex(value);
    }

    private static String escaped(String field) {
        return field.indexOf('\\') < 0 && field.indexOf('\t') < 0
                ? field
                : field.replace("\\", "\\\\").replace("\t", "\\t");
    }
}
