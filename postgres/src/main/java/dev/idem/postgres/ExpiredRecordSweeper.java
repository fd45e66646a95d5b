package dev.idem.postgres;

import dev.idem.core.operations.upkeep.PurgeRecords;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Deletes expired records and tombstones in small batches, on one node at a time. A sweep visits each of them once, from the oldest on. What
 * cannot be deleted yet stays until a later sweep. Thread-safe.
 */
public final class ExpiredRecordSweeper implements PurgeRecords.ExpiredRecords {
    /** How many records nodes and operators visit in one batch. */
    public static final int USUAL_BATCH = 1_000;

    /** How long nodes wait from one sweep to the next. */
    public static final Duration USUAL_PAUSE = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final int batch;
    private final String lock;
    private final String sweep;
    private final String count;
    private final String sweepTombstones;

    /** @param batch the largest number of records that one transaction visits */
    public ExpiredRecordSweeper(Jdbi jdbi, int batch) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.batch = batch;
        this.lock = statements.load("sweep_lock");
        this.sweep = statements.load("sweep");
        this.count = statements.load("count_expired");
        this.sweepTombstones = statements.load("sweep_tombstones");
    }

    /** Where a batch ended: the next one begins behind it. Nothing expired before the epoch. */
    private record Place(OffsetDateTime expiry, String ctid) {
        static final Place BEGIN = new Place(Instant.EPOCH.atOffset(ZoneOffset.UTC), "(0,0)");
    }

    private record Records(int seen, int deleted, Place end) {}

    private record Batch(Records records, int tombstones) {
        static final Batch NONE = new Batch(new Records(0, 0, Place.BEGIN), 0);

        boolean hasMoreBehind(int size) {
            return records.seen() == size || tombstones == size;
        }
    }

    /**
     * Visits batches until no expired record is left, or until another node sweeps.
     *
     * @return how many records were deleted
     * @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL is unavailable
     */
    public long sweep() {
        return sweep(total -> {});
    }

    /**
     * As {@link #sweep()}.
     *
     * @param progress receives the number of deleted records so far after each batch
     */
    @Override
    public long sweep(LongConsumer progress) {
        long total = 0;
        Batch last;
        Place from = Place.BEGIN;
        do {
            last = sweepBatch(from);
            from = last.records().end();
            total += last.records().deleted();
            progress.accept(total);
        } while (last.hasMoreBehind(batch) && !Thread.currentThread().isInterrupted());
        return total;
    }

    @Override
    public long countExpired() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(
                        handle -> handle.createQuery(count).mapTo(Long.class).one()));
    }

    private Batch sweepBatch(Place from) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.inTransaction(handle -> {
                    boolean mine = handle.createQuery(lock).mapTo(Boolean.class).one();
                    return mine ? batchAfter(from, handle) : Batch.NONE;
                }));
    }

    private Batch batchAfter(Place from, Handle handle) {
        Records records = recordsAfter(from, handle).orElse(new Records(0, 0, from));
        return new Batch(
                records,
                handle.createUpdate(sweepTombstones).bind("batch", batch).execute());
    }

    private Optional<Records> recordsAfter(Place from, Handle handle) {
        return handle.createQuery(sweep)
                .bind("afterExpiry", from.expiry())
                .bind("afterPlace", from.ctid())
                .bind("batch", batch)
                .map(ExpiredRecordSweeper::read)
                .findOne();
    }

    private static Records read(ResultSet row, StatementContext context) throws SQLException {
        return new Records(
                row.getInt("seen"),
                row.getInt("deleted"),
                new Place(row.getObject("expires_at", OffsetDateTime.class), row.getString("place")));
    }
}
