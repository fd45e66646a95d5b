package dev.idem.core.store.recovery;

import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Journal gaps: notes in the fast store about each node whose journal could not write its decisions to the durable
 * store. All nodes read them. Thread-safe; methods throw {@link StoreUnavailableException} when the fast store is
 * unavailable.
 */
public interface JournalGaps {

    /**
     * The notes of some nodes, as read.
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

        /** Whether one of the other notes is also one of these, and was not written again. */
        public boolean share(Notes others) {
            return byNode.entrySet().stream().anyMatch(others.byNode.entrySet()::contains);
        }
    }

    /**
     * Sends this node's heartbeat, and notes the gaps of nodes that have been silent for too long.
     *
     * @return how many nodes were found dead
     */
    int alive(Duration silence);

    /**
     * Notes that the durable store may lack any record that is here. A node that read an earlier note cannot remove
     * this one.
     */
    void note();

    /** Reads the notes. Call it before records are copied to the durable store. */
    Notes notes();

    /** Removes these notes, because the durable store has all their records. */
    void settled(Notes notes);

    /** Ends this node without a gap. */
    void leave();
}
