package dev.idem.postgres;

import dev.idem.core.store.RecordStatistics;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records in PostgreSQL, some thousand pages of the table at a time, or estimates their number from random pages. The
 * server cancels a statement at the time limit. Thread-safe.
 */
final class PostgresStatistics {
    /** Pages have 8 KiB: 64 MiB, about a tenth of a second. */
    private static final long PAGES_PER_STEP = 8_192;

    /** Some ten thousand records with small answers. A smaller table is counted. */
    private static final long SAMPLED_PAGES = 1_000;

    private final Jdbi jdbi;
    private final String timeout;
    private final String size;
    private final String statistics;
    private final String processing;

    PostgresStatistics(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.timeout = statements.load("statement_timeout");
        this.size = statements.load("statistics_size");
        this.statistics = statements.load("statistics");
        this.processing = statements.load("statistics_processing");
    }

    /** @param rowsAPage null if the table was never analysed */
    private record Size(long pages, long bytes, @Nullable Double rowsAPage) {}

    /**
     * Counts all, or as many as it can within the limit.
     *
     * @param counted receives the number of records so far
     * @throws dev.idem.core.store.StoreUnavailableException also if one step takes longer than the limit
     */
    RecordStatistics count(Duration limit, LongConsumer counted) {
        return within(limit, handle -> count(handle, size(handle), limit, counted));
    }

    /**
     * Estimates from a random sample; processing and stale records are counted by an index.
     *
     * @throws dev.idem.core.store.StoreUnavailableException also if a statement takes longer than the limit
     */
    RecordStatistics estimate(Duration limit) {
        return within(limit, handle -> {
            Size table = size(handle);
            return table.pages() <= SAMPLED_PAGES ? count(handle, table, limit, count -> {}) : estimate(handle, table);
        });
    }

    private interface Count {
        RecordStatistics in(Handle handle);
    }

    /** In one snapshot, so that no record counts twice. */
    private RecordStatistics within(Duration limit, Count count) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
                    handle.createQuery(timeout)
                            .bind("ms", Long.toString(Math.max(1, limit.toMillis())))
                            .mapTo(String.class)
                            .one();
                    return count.in(handle);
                }));
    }

    private Size size(Handle handle) {
        return handle.createQuery(size)
                .map((row, context) -> new Size(
                        row.getLong("pages"), row.getLong("bytes"), row.getObject("rows_a_page", Double.class)))
                .one();
    }

    private RecordStatistics count(Handle handle, Size table, Duration limit, LongConsumer counted) {
        long begin = System.nanoTime();
        RecordStatistics sum = RecordStatistics.NONE;
        long page = 0;
        do { // also if it has no page: a table that may not be read is unavailable, not empty
            sum = sum.plus(part(handle, "", page, page + PAGES_PER_STEP));
            counted.accept(sum.total());
            page += PAGES_PER_STEP;
        } while (page < table.pages() && System.nanoTime() - begin <= limit.toNanos());
        return sum.measured(table.bytes(), page >= table.pages());
    }

    private RecordStatistics estimate(Handle handle, Size table) {
        double percent = 100.0 * SAMPLED_PAGES / table.pages();
        RecordStatistics sample = part(handle, "TABLESAMPLE SYSTEM (" + percent + ")", 0, table.pages());
        long rows = sample.total() + sample.expired();
        double factor =
                table.rowsAPage() == null || rows == 0 ? 100 / percent : table.rowsAPage() * table.pages() / rows;
        return handle.createQuery(processing)
                .map((row, context) ->
                        sample.times(factor).withProcessing(row.getLong("processing"), row.getLong("stale")))
                .one()
                .measured(table.bytes(), true);
    }

    private RecordStatistics part(Handle handle, String sample, long from, long to) {
        return handle.createQuery(statistics)
                .define("sample", sample)
                .bind("from", "(" + from + ",0)")
                .bind("to", "(" + to + ",0)")
                .map(PostgresStatistics::read)
                .one();
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
                0,
                true,
                false);
    }
}
