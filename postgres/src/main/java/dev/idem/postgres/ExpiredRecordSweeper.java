package dev.idem.postgres;

import dev.idem.core.operations.upkeep.PurgeRecords;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jdbi.v3.core.Jdbi;

/** Deletes expired records in small batches, on one node at a time. Thread-safe. */
public final class ExpiredRecordSweeper implements PurgeRecords.ExpiredRecords {
    /** How many records nodes and operators delete in one batch. */
    public static final int USUAL_BATCH = 1_000;

    /** How long nodes wait from one sweep to the next. */
    public static final Duration USUAL_PAUSE = Duration.ofMinutes(1);

    private final Jdbi jdbi;
    private final int batch;
    private final String lock;
    private final String sweep;
    private final String count;

    /** @param batch the largest number of records that one transaction deletes */
    public ExpiredRecordSweeper(Jdbi jdbi, int batch) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.batch = batch;
        this.lock = statements.load("sweep_lock");
        this.sweep = statements.load("sweep");
        this.count = statements.load("count_expired");
    }

    /**
     * Deletes batches until no expired record is left, or until another node sweeps.
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
        int deleted;
        do {
            deleted = PostgresFailures.translate(PostgresStore.NAME, this::sweepBatch);
            total += deleted;
            progress.accept(total);
        } while (deleted == batch && !Thread.currentThread().isInterrupted());
        return total;
    }

    @Override
    public long countExpired() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(
                        handle -> handle.createQuery(count).mapTo(Long.class).one()));
    }

    private int sweepBatch() {
        return jdbi.inTransaction(handle -> {
            boolean mine = handle.createQuery(lock).mapTo(Boolean.class).one();
            return mine ? handle.createUpdate(sweep).bind("batch", batch).execute() : 0;
        });
    }
}
