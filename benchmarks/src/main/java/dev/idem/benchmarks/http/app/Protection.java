package dev.idem.benchmarks.http.app;

/** What stands between a request and the handler. */
public enum Protection {
    /** Nothing: what everything else is compared with. */
    NONE,
    /** {@link HandWrittenFilter}. */
    HAND_WRITTEN,
    /** {@link dev.idem.dropwizard.Idempotent}. */
    LAYER,
    /** {@link dev.idem.dropwizard.Idempotent#atomic()}. */
    ATOMIC
}
