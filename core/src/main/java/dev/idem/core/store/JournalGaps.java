package dev.idem.core.store;

import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Journal gaps: notes in the fast store, for all nodes to see, of each node whose journal could not tell the durable store
 * what was granted. Thread-safe; methods throw {@link StoreUnavailableException} when the fast store is unavailable.
 */
public interface JournalGaps {

    /**
     * Some nodes' notes as they were read.
     *
     * @param from records that have not changed since then are not missing; by the fast store's clock
     * @param byNode each node's note, opaque
     */
    record Notes(Instant from, Map<String, String> byNode) {
        public Notes {
            byNode = Map.copyOf(byNode);
        }

        public boolean isEmpty() {
            return byNode.isEmpty();
        }

        /** Whether the durable store may lack the record. */
        public boolean concern(StoredRecord record) {
            return !record.completedAt().orElse(record.heartbeatAt()).isBefore(from);
        }
    }

    /**
     * A sign of life of this node; notes the gaps of nodes that have been silent for too long.
     *
     * @return how many nodes were found dead
     */
    int alive(Duration silence);

    /** Notes that the durable store may lack anything that is here. Who has read an earlier note does not settle this one. */
    void note();

    /** To be asked before records are brought to the durable store. */
    Notes notes();

    /** The durable store has everything that these notes concern. */
    void settled(Notes notes);

    /** This node ends without a gap. */
    void leave();
}
