package dev.idem.core.record;

/** Which store decides who may execute. */
public enum Consistency {
    /** Redis, and PostgreSQL follows within milliseconds; while Redis may have lost or missed something, PostgreSQL. */
    FAST,
    /** PostgreSQL, whose word is awaited; Redis only answers repeats of what is completed. */
    STRICT
}
