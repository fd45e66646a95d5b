package dev.idem.core.store;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import java.util.List;
import java.util.function.Consumer;

/** Reads a store's records in bulk, in bounded steps that let it serve others meanwhile. Thread-safe. */
public interface RecordCopy {

    /** About how many records there are, without counting. */
    long about();

    /** Hands over all records, some hundreds at a time; one present during the whole scan is seen at least once. */
    void forEach(Consumer<List<StoredRecord>> page);

    /** Those of these records that exist, in no particular order. */
    List<StoredRecord> find(List<RecordId> ids);
}
