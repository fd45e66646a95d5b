package dev.idem.core.store.recovery;

import dev.idem.core.record.RecordId;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Tells which answers a store has, without reading them. Thread-safe. */
public interface AnswerIndex {

    /**
     * Finds the records whose answer is here. An owner answers once, so its answer is the same everywhere.
     *
     * @param owners the owner who has answered each record
     * @throws StoreUnavailableException if the store is unavailable
     */
    Set<RecordId> present(Map<RecordId, UUID> owners);

    /** A store without answers. */
    AnswerIndex NONE = owners -> Set.of();
}
