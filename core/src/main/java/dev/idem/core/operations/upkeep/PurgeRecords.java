package dev.idem.core.operations.upkeep;

import dev.idem.core.operations.ActionLog;
import java.util.List;
import java.util.function.LongConsumer;

/** Deletes expired records from PostgreSQL; Redis deletes them by itself. Thread-safe. */
public final class PurgeRecords {
    private final ExpiredRecords expired;
    private final ActionLog log;

    public PurgeRecords(ExpiredRecords expired, ActionLog log) {
        this.expired = expired;
        this.log = log;
    }

    /** The expired records of one store; methods throw {@code StoreUnavailableException}. */
    public interface ExpiredRecords {
        long countExpired();

        /** @param progress receives the number deleted so far */
        long sweep(LongConsumer progress);
    }

    /** @param left how many expired records remain */
    public record Result(boolean dryRun, long deleted, long left) {}

    /** @throws dev.idem.core.store.StoreUnavailableException if PostgreSQL is unavailable */
    public Result purge(boolean dryRun, ProgressListener progress) {
        progress.outOf(expired.countExpired());
        long deleted = dryRun ? 0 : expired.sweep(progress::at);
        if (deleted > 0) {
            log.did("purge", List.of(), "deleted=" + deleted);
        }
        return new Result(dryRun, deleted, expired.countExpired());
    }
}
