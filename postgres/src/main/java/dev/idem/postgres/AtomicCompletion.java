package dev.idem.postgres;

import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.AnswerCodec;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.connect.Sessions;
import dev.idem.postgres.statement.RecordRow;
import dev.idem.postgres.statement.Statements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Completes a record in the transaction of the request's effect. PostgreSQL then decides, whichever store granted the lease: of
 * all transactions for one key, only one is committed. Thread-safe.
 */
public final class AtomicCompletion {
    private final Sessions sessions = new Sessions();
    private final String complete = new Statements().load("complete_atomically");

    /**
     * Writes the record. Does not commit or close the connection.
     *
     * @param transaction open, at the isolation that the application has chosen; the caller commits it if this returns true, and must
     *     roll it back otherwise
     * @return false if another answer is stored, or a later owner has taken over
     * @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL is unavailable
     * @throws SQLException if PostgreSQL refuses the statement, for example because the transaction has already failed
     */
    public boolean complete(Connection transaction, Lease lease, Answer answer) throws SQLException {
        return PostgresFailures.translateSql(PostgresStore.NAME, () -> {
            try (PreparedStatement statement = transaction.prepareStatement(completeIn(transaction))) {
                bind(statement, lease, answer);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /**
     * Learns where the tables are, before the application's own statements may set another {@code search_path}. Asks the server once for
     * each session.
     *
     * @param transaction begins next, or has begun
     * @throws SQLException if the server refuses, or is silent
     */
    public void prepare(Connection transaction) throws SQLException {
        Optional<String> unused = sessions.schemaOfTables(transaction);
    }

    /** The transaction has the {@code search_path} that the method has left, so the statement says where the tables are. */
    private String completeIn(Connection transaction) throws SQLException {
        return sessions.schemaOfTables(transaction)
                .map(place -> complete.replace("idempotency_", place + ".idempotency_"))
                .orElse(complete);
    }

    private static void bind(PreparedStatement statement, Lease lease, Answer answer) throws SQLException {
        statement.setString(1, lease.id().scope().value());
        statement.setString(2, lease.id().key());
        statement.setBytes(3, lease.request().fingerprint().bytes());
        statement.setObject(4, lease.owner());
        statement.setLong(5, lease.fencing());
        statement.setInt(6, lease.attempt());
        statement.setString(7, lease.request().origin().node());
        statement.setString(8, lease.request().origin().route());
        statement.setLong(9, lease.request().lockTimeout().toMillis());
        @Nullable
        Long window = lease.request().windowLength().map(Duration::toMillis).orElse(null);
        statement.setObject(10, window, Types.BIGINT);
        statement.setLong(11, lease.request().ttl().toMillis());
        statement.setBytes(12, AnswerCodec.encode(answer));
        statement.setString(13, RecordRow.consistency(lease.request()));
    }
}
