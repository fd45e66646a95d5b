package dev.idem.core.store;

import dev.idem.core.record.StoredRecord;
import java.util.List;

/** Fills the fast store with records that the durable store knows. Thread-safe. */
public interface FastCopy extends RecordCopy {

    /**
     * Writes records over what is there, unless that is later.
     *
     * @param refill the one that {@link GenerationMarkers#beginRefill} has begun
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void put(List<StoredRecord> records, Generation refill);

    /** Removes those that are still processed by the same owner. */
    void forget(List<StoredRecord> records);
}
