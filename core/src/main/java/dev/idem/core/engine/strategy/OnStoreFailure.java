package dev.idem.core.engine.strategy;

/** What happens when no store is available. */
public enum OnStoreFailure {
    /** Requests execute; the memory store still recognises repeats that reach this node. */
    OPEN,
    /** Requests are refused and nothing executes. */
    CLOSED
}
