package dev.idem.core.reconcile;

/** How the two stores disagree about one record. */
public enum Difference {
    /** Redis has the record and PostgreSQL does not. */
    MISSING_IN_POSTGRESQL,
    /** PostgreSQL has an answer of a {@code fast} route and Redis has no record: repeats would execute. */
    MISSING_IN_REDIS,
    /** One store has the answer, the other is still processing. */
    STATE,
    /** Each store has a different answer. Neither is changed, since an answer never changes. */
    ANSWER,
    /** Each store has a different owner or fencing number. */
    LEASE
}
