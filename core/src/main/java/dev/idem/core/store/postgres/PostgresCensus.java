package dev.idem.core.store.postgres;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.StoreStatistics;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/** Counts the records in PostgreSQL, in one statement that PostgreSQL ends when it takes too long. Thread-safe. */
final class PostgresCensus {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final byte[] UNKNOWN = AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN);
    private static final List<Double> AGE_LIMITS = StoreStatistics.AGE_LIMITS.stream()
            .map(limit -> (double) limit.toSeconds())
            .toList();

    private final Jdbi jdbi;
    private final String limit;
    private final String statistics;

    PostgresCensus(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.limit = statements.load("statistics_limit");
        this.statistics = statements.load("statistics");
    }

    StoreStatistics take() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.inTransaction(handle -> {
                    handle.createQuery(limit)
                            .bind("limit", LIMIT.toMillis() + "ms")
                            .mapTo(String.class)
                            .one();
                    return handle.createQuery(statistics)
                            .bind("unknown", UNKNOWN)
                            .bindArray("ageLimits", Double.class, AGE_LIMITS)
                            .map(PostgresCensus::read)
                            .one();
                }));
    }

    private static StoreStatistics read(ResultSet row, StatementContext context) throws SQLException {
        return new StoreStatistics(
                row.getLong("processing"),
                row.getLong("stale"),
                row.getLong("completed"),
                row.getLong("outcome_unknown"),
                row.getLong("keyed"),
                row.getLong("fingerprinted"),
                List.of((Long[]) row.getArray("ages").getArray()),
                row.getLong("expired"),
                row.getLong("bytes"));
    }
}
