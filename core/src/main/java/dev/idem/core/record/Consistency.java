package dev.idem.core.record;

/** Which store decides who may execute. */
public enum Consistency {
    /**
     * Redis decides, and PostgreSQL follows within milliseconds. While Redis may have lost or missed decisions,
     * PostgreSQL decides.
     */
    FAST,
    /** PostgreSQL always decides; Redis only answers repeats of completed requests. */
    STRICT
}
