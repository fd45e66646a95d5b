package dev.idem.core.reconcile;

/** In what the two stores disagree about one record. */
public enum Difference {
    /** Redis has the record and PostgreSQL does not. */
    MISSING_IN_POSTGRESQL,
    /** PostgreSQL has an answer and Redis has no record. Repeats of a {@code fast} route would execute. */
    MISSING_IN_REDIS,
    /** One has the answer, the other is still processing. */
    STATE,
    /** Each has another answer. Neither is changed: an answer never does. */
    ANSWER,
    /** Each knows another owner, or another fencing number. */
    LEASE
}
