package dev.idem.core.store.recovery;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the records of the fast store that have changed lately, without reading the answers of the others. Thread-safe;
 * throws {@link StoreUnavailableException} when the fast store is unavailable.
 */
public interface ChangedRecords {

    /**
     * One step of a scan.
     *
     * @param next the cursor of the next step, null at the end
     * @param keys how many keys this step has looked at
     */
    record Step(@Nullable String next, int keys) {}

    /**
     * Scans one step, which is short for the server. A record that is present from the first step to the last one, and
     * has changed since {@code since}, is passed on at least once. What is no record is logged and left out.
     *
     * @param since by the fast store's clock: the completion, or the last heartbeat of a processing record
     * @param cursor the last step's {@link Step#next()}, or null to begin. If the server has restarted since, or
     *     another has replaced it, the scan of its records begins again
     * @param copied answers that it has are not read here, and not passed on
     * @param page receives the records, a bounded number of bytes at a time
     * @throws IllegalArgumentException if the cursor is not one of this scan, or a record needs a newer release
     */
    Step step(Instant since, @Nullable String cursor, AnswerIndex copied, Consumer<List<StoredRecord>> page);
}
