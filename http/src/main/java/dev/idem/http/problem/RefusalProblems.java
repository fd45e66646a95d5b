package dev.idem.http.problem;

import dev.idem.core.record.Consistency;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.key.KeySource;
import dev.idem.http.key.MalformedKeyException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems of refused requests. None of them is ever stored as an answer. */
public final class RefusalProblems {
    private static final Map<String, String> IN_A_SECOND = Map.of("Retry-After", "1");

    /** Those that nodes share, and what people call them. */
    private static final Map<String, String> SHARED = Map.of("redis", "Redis", "postgresql", "PostgreSQL");

    private RefusalProblems() {}

    public static Refusal invalidKey(MalformedKeyException malformed) {
        return problem(ProblemType.INVALID_KEY, String.valueOf(malformed.getMessage()), null, Map.of());
    }

    public static Refusal keyMissing(KeyPolicy rules) {
        String documentation = "<" + ProblemType.KEY_MISSING.uri() + ">; rel=\"describedby\"";
        return problem(
                ProblemType.KEY_MISSING,
                (rules.from() instanceof KeySource.Header
                                ? "Send the header " + rules.header() + "; its value must be "
                                : "Send a key " + rules.from().place() + ", or in the header " + rules.header()
                                        + "; it must be ")
                        + rules.format().description()
                        + ".",
                null,
                Map.of("Link", documentation));
    }

    public static Refusal unauthenticated() {
        return problem(
                ProblemType.UNAUTHORIZED,
                "A key belongs to an authenticated caller; authenticate, or omit the Idempotency-Key.",
                null,
                Map.of());
    }

    public static Refusal tooLarge(long limit, @Nullable String key) {
        return problem(
                ProblemType.REQUEST_TOO_LARGE,
                "The body may have at most " + limit + " bytes; send less.",
                key,
                Map.of());
    }

    /** The body memory is full. */
    public static Refusal overloaded(@Nullable String key) {
        return problem(
                ProblemType.OVERLOADED,
                "The memory for request bodies is full; nothing was executed. Send the request again later.",
                key,
                IN_A_SECOND);
    }

    public static Refusal keyReused(KeyPolicy rules, String key) {
        Problem problem = Problem.of(
                ProblemType.KEY_REUSED,
                "This key was first sent with another method, path, query, content type or body; use a new key.",
                key);
        return new Refusal(problem.withStatus(rules.reusedStatus()), Map.of());
    }

    public static Refusal inProgress(@Nullable String key) {
        return problem(
                ProblemType.REQUEST_IN_PROGRESS,
                "The first request with " + (key == null ? "the same content" : "this key")
                        + " is still executing; send this one again later.",
                key,
                IN_A_SECOND);
    }

    public static Refusal notStored(@Nullable String key, AnswerNotStored.Reason reason) {
        if (reason == AnswerNotStored.Reason.OUTCOME_UNKNOWN) {
            return problem(
                    ProblemType.OUTCOME_UNKNOWN,
                    "It is not known yet whether the first request took effect; this one was not executed.",
                    key,
                    Map.of());
        }
        String why = reason == AnswerNotStored.Reason.TOO_LARGE ? "was too large to store" : "is not stored";
        return problem(
                ProblemType.RESPONSE_NOT_STORED,
                "The request took effect and its answer " + why + "; read the resource instead.",
                key,
                Map.of());
    }

    /**
     * Nobody could say whether the request is a repeat.
     *
     * @param why of the store that was to decide
     */
    public static Refusal storeUnavailable(
            @Nullable String key, Consistency consistency, StoreUnavailableException why) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                whoIsMissing(consistency, why) + " A repeat could not be detected; nothing was executed.",
                key,
                IN_A_SECOND);
    }

    private static String whoIsMissing(Consistency consistency, StoreUnavailableException why) {
        if (why.reason() == UnavailableReason.CONFLICT) {
            return "Other transactions keep changing the same record.";
        }
        @Nullable String store = SHARED.get(why.store());
        if (store == null) {
            return "No store can decide now.";
        }
        return store + " is unavailable, "
                + (consistency == Consistency.STRICT
                        ? "which alone decides on routes with consistency: strict."
                        : "which decides while Redis is not trusted.");
    }

    /** The store has something in the place of the record that it did not write. A repeat gets the same, so it need not hurry. */
    public static Refusal recordUnreadable(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "The record of this " + (key == null ? "request" : "key")
                        + " cannot be read, so a repeat could not be detected; nothing was executed. An operator has to"
                        + " look at it.",
                key,
                Map.of("Retry-After", "60"));
    }

    /** The store that decides was not asked: this process had no connection free. */
    public static Refusal storesBusy(@Nullable String key) {
        return problem(
                ProblemType.OVERLOADED,
                "No connection to the store that decides was free in time; nothing was executed."
                        + " Send the request again later.",
                key,
                IN_A_SECOND);
    }

    /** The caller's scope has as many requests in flight as the policy allows. */
    public static Refusal tooManyInFlight(@Nullable String key) {
        return problem(
                ProblemType.TOO_MANY_IN_FLIGHT,
                "As many requests of this caller are executing as may at a time; nothing was executed."
                        + " Send the request again later.",
                key,
                IN_A_SECOND);
    }

    public static Refusal noTransaction(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "PostgreSQL is unavailable for the request's transaction; nothing was executed.",
                key,
                IN_A_SECOND);
    }

    /** There was no connection for the request's transaction: its method was not entered, or has not used it. */
    public static Refusal transactionBusy(@Nullable String key) {
        return problem(
                ProblemType.OVERLOADED,
                "No connection was free in time for the request's transaction, which has not begun."
                        + " Send the request again later.",
                key,
                IN_A_SECOND);
    }

    /** The method needed another connection, and none was free. */
    public static Refusal connectionBusy(@Nullable String key) {
        return problem(
                ProblemType.OVERLOADED,
                "No connection was free in time, and the request's transaction is rolled back; nothing took effect."
                        + " Send the request again later.",
                key,
                IN_A_SECOND);
    }

    /** The store of the request's transaction failed before the commit. */
    public static Refusal transactionLost(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "PostgreSQL failed during the request's transaction, which is rolled back; nothing took effect.",
                key,
                IN_A_SECOND);
    }

    /** PostgreSQL refused the request's transaction, since another one changed the same rows. */
    public static Refusal transactionConflict(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "The request's transaction conflicted with another one and is rolled back; nothing took effect.",
                key,
                IN_A_SECOND);
    }

    /** The request was executed; its answer waits in memory. */
    public static Refusal notStoredYet(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "The request took effect, and no store could take its answer yet; a repeat receives it.",
                key,
                IN_A_SECOND);
    }

    /** The connection broke during the commit. */
    public static Refusal commitUnknown(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "PostgreSQL did not confirm the commit of the request's effect"
                        + (key == null
                                ? "; check the resource."
                                : "; a repeat with this key takes effect at most once."),
                key,
                IN_A_SECOND);
    }

    private static Refusal problem(ProblemType type, String detail, @Nullable String key, Map<String, String> headers) {
        return new Refusal(Problem.of(type, detail, key), headers);
    }
}
