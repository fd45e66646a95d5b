package dev.idem.postgres;

import dev.idem.core.store.RecordStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the records in PostgreSQL in one statement, which the server cancels at its time limit. Thread-safe. */
final class PostgresStatistics {
    private final Jdbi jdbi;
    private final String timeout;
    private final String statistics;

    PostgresStatistics(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.timeout = statements.load("statement_timeout");
        this.statistics = statements.load("statistics");
    }

    /** @throws dev.idem.core.store.StoreUnavailableException also if the count takes longer than the limit */
    RecordStatistics count(Duration limit) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.inTransaction(handle -> {
                    handle.createQuery(timeout)
                            .bind("ms", Long.toString(Math.max(1, limit.toMillis())))
                            .mapTo(String.class)
                            .one();
                    return handle.createQuery(statistics)
                            .map(PostgresStatistics::read)
                            .one();
                }));
    }

    private static RecordStatistics read(ResultSet row, StatementContext context) throws SQLException {
        return new RecordStatistics(
                row.getLong("processing"),
                row.getLong("completed"),
                row.getLong("with_key"),
                row.getLong("without_key"),
                new RecordStatistics.Ages(
                        row.getLong("under_a_minute"),
                        row.getLong("under_an_hour"),
                        row.getLong("under_a_day"),
                        row.getLong("older")),
                row.getLong("stale"),
                row.getLong("expired"),
                row.getLong("bytes"),
                true);
    }
}
