package dev.idem.core.journal.recovery;

import java.time.Duration;

/**
 * Receives what happens to the journals of nodes that cannot write them, for metrics. An extension point:
 * implementations are called on background threads, must be thread-safe, quick, and must not throw.
 */
public interface RecoveryListener {

    /** This node found nodes without a heartbeat. */
    default void nodesDied(int nodes) {}

    /**
     * A step of this node's scan ended.
     *
     * @param keys how many keys of the fast store it has looked at
     * @param copied how many of their records it has written to the durable store
     */
    default void recovering(int keys, int copied) {}

    /** This node's scan is complete. */
    default void recovered(Duration took) {}

    /** This node's scan failed, and will continue from where it was. */
    default void recoveryFailed() {}

    /** Listens to nothing. */
    RecoveryListener NONE = new RecoveryListener() {};
}
