package dev.idem.core.journal.entry;

import java.util.List;

/** Brings entries into the store that follows. Thread-safe. */
public interface JournalWriter {

    /**
     * Writes the entries; they are durable when this returns. Writing an entry twice is the same as once, so after a
     * failure, of which it may be unknown how much was written, all of them may be written again. Entries of one record
     * are taken in the order of the list.
     *
     * @throws dev.idem.core.store.StoreUnavailableException if the store cannot be asked
     * @throws RuntimeException of any other kind if the store refuses what is written
     */
    void merge(List<JournalEntry> entries);
}
