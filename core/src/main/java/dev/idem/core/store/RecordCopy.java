package dev.idem.core.store;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a store's records in bulk, in pages within {@link PageBounds} that let it serve others meanwhile. What
 * cannot be read is left out. Thread-safe.
 */
public interface RecordCopy {

    /** The same, for one operation that tells what it could not read. */
    RecordCopy reporting(Consumer<UnreadableRecord> unreadable);

    /** About how many records there are, without counting. */
    long about();

    /** Passes on the heads of all records. A record that is present during the whole scan appears at least once. */
    void forEachHead(Consumer<List<RecordHead>> page);

    /** Passes on the existing records with these ids, in no particular order. */
    void find(List<RecordId> ids, Consumer<List<StoredRecord>> page);
}
