package dev.idem.core.store;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.GenerationMarkers;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.util.List;
import java.util.function.Consumer;

/** Copies records of the durable store to the fast store. Thread-safe. */
public interface FastCopy extends RecordCopy {

    @Override
    FastCopy reporting(Consumer<UnreadableRecord> unreadable);

    /**
     * Overwrites records, except those that are in a later state.
     *
     * @param refill the refill that {@link GenerationMarkers#beginRefill} has begun
     * @throws NotAuthoritativeException if another refill has begun since
     */
    void put(List<StoredRecord> records, Generation refill);

    /** The heads of the existing records with these ids, in no particular order. */
    List<RecordHead> heads(List<RecordId> ids);

    /**
     * Removes the answers that operators have deleted, and keeps the tombstones. Of other owners than the tombstone's, it removes
     * only answers from some seconds before the deletion: a later one must stay, and the stores' clocks are not that exact.
     *
     * @return how many answers were there
     */
    long bury(List<Tombstone> tombstones);

    /**
     * As {@link #bury(List)}, in a refill.
     *
     * @throws NotAuthoritativeException if another refill has begun since
     */
    long bury(List<Tombstone> tombstones, Generation refill);

    /** Removes those records that the same owner still processes. */
    void forget(List<? extends SeenRecord> records);
}
