package dev.idem.core.journal.entry;

import dev.idem.core.record.StoredRecord;
import java.util.List;

/** Writes entries to the durable store. Thread-safe. */
public interface JournalWriter {

    /**
     * Writes the entries; they are durable when this returns. Writing an entry twice has the same effect as once. After
     * a failure it may be unknown how many were written, so all of them may be written again. Entries of one record are
     * applied in the order of the list.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store is unavailable
     * @throws RuntimeException of any other kind if the store refuses an entry
     */
    void merge(List<JournalEntry> entries);

    /** Writes records as they were just read from another store. */
    default void mergeRecords(List<StoredRecord> seen) {
        merge(seen.stream().map(JournalEntry::of).toList());
    }
}
