package dev.idem.core.engine;

/** What happens when no store may be asked. */
public enum OnStoreFailure {
    /** Requests execute; this process's memory still stops the repeats that come to it. */
    OPEN,
    /** Requests are refused and nothing executes. */
    CLOSED
}
