package dev.idem.http.decision.outcome;

import java.util.Locale;

/** What became of a request; a label of {@code idempotency_requests_total}. */
public enum Outcome {
    /** It executed under a lease: its method was entered, or it was sent to its upstream. */
    EXECUTED,
    /** It acquired its key, and then failed before its method or its upstream was reached. The key is free. */
    NOT_REACHED,
    /** It was given the first answer. */
    REPLAYED,
    /** The first request still executes: 409. */
    IN_PROGRESS,
    /** The first request executed and its answer is not stored: 409. */
    NOT_STORED,
    /** It is unknown whether the first request took effect: 409, unless it is resolved. */
    OUTCOME_UNKNOWN,
    /** The key belongs to another request: 422. */
    KEY_REUSED,
    /** 400. */
    INVALID_KEY,
    /** 400. */
    KEY_MISSING,
    /** 413. */
    TOO_LARGE,
    /** Its body did not arrive: 400, 408, or the client is gone. */
    UNREADABLE,
    /** The body memory, the thread pool or the pool of connections to a store is full: 503. */
    OVERLOADED,
    /** Its key is free, and its scope has as many requests in flight on this node as the policy allows: 429. */
    TOO_MANY_IN_FLIGHT,
    /** An unauthenticated caller sent a key, and the route does not allow it: 401. */
    UNAUTHENTICATED,
    /** No store was available for its claim, or PostgreSQL for its transaction: 503. */
    STORE_UNAVAILABLE,
    /** It had no key, was not compared, and executed. */
    WITHOUT_KEY,
    /** The layer is off for this caller or route. */
    NOT_ROLLED_OUT;

    /** Whether a second effect was prevented. */
    public boolean preventedDuplicate() {
        return this == REPLAYED || this == IN_PROGRESS || this == NOT_STORED || this == OUTCOME_UNKNOWN;
    }

    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
