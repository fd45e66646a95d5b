package dev.idem.http.decision;

import java.util.Locale;

/** What the layer did with a request; each is a label of {@code idempotency_requests_total}. */
public enum Outcome {
    /** It executed under a lease. */
    EXECUTED,
    /** It was answered with the first answer. */
    REPLAYED,
    /** The first one still runs: 409. */
    IN_PROGRESS,
    /** The first one was executed and its answer is not kept: 409. */
    NOT_STORED,
    /** Nobody knows whether the first one took effect: 409, unless that is found out. */
    OUTCOME_UNKNOWN,
    /** The key stands for another request: 422. */
    KEY_REUSED,
    /** 400. */
    INVALID_KEY,
    /** 400. */
    KEY_MISSING,
    /** 413. */
    TOO_LARGE,
    /** 503: this process holds as many requests as it may. */
    OVERLOADED,
    /** 401, from a route that does not take keys from strangers. */
    UNAUTHENTICATED,
    /** 503. */
    STORE_UNAVAILABLE,
    /** It had no key, was not compared with others, and executed. */
    WITHOUT_KEY,
    /** The layer is off for this caller. */
    NOT_ROLLED_OUT;

    /** Whether a second effect was prevented. */
    public boolean preventedDuplicate() {
        return this == REPLAYED || this == IN_PROGRESS || this == NOT_STORED || this == OUTCOME_UNKNOWN;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
