package dev.idem.http.decision;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.key.MalformedKeyException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The problems with which a request is turned away. None of them is ever stored as a handler's answer. */
public final class RefusalProblems {
    private static final Map<String, String> IN_A_SECOND = Map.of("Retry-After", "1");

    private RefusalProblems() {}

    public static Refusal invalidKey(MalformedKeyException malformed) {
        return problem(ProblemType.INVALID_KEY, String.valueOf(malformed.getMessage()), null, Map.of());
    }

    public static Refusal keyMissing(KeyPolicy rules) {
        String documentation = "<" + ProblemType.KEY_MISSING.uri() + ">; rel=\"describedby\"";
        return problem(
                ProblemType.KEY_MISSING,
                "Send the header " + rules.header() + "; its value must be "
                        + rules.format().description() + ".",
                null,
                Map.of("Link", documentation));
    }

    public static Refusal unauthenticated() {
        return problem(
                ProblemType.UNAUTHORIZED,
                "A key lives in its caller's scope; authenticate, or leave the Idempotency-Key out.",
                null,
                Map.of());
    }

    public static Refusal tooLarge(long limit, @Nullable String key) {
        return problem(
                ProblemType.REQUEST_TOO_LARGE, "The body may have " + limit + " bytes; send less.", key, Map.of());
    }

    /** This process is full, and nobody else is to blame. */
    public static Refusal overloaded(@Nullable String key) {
        return problem(
                ProblemType.OVERLOADED,
                "There is no room here for another request at the moment; nothing was executed. Send it again later.",
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
                "The first request" + (key == null ? " that says the same" : " with this key")
                        + " has not been answered yet; send this one again later.",
                key,
                IN_A_SECOND);
    }

    public static Refusal notStored(@Nullable String key, AnswerNotStored.Reason reason) {
        if (reason == AnswerNotStored.Reason.OUTCOME_UNKNOWN) {
            return problem(
                    ProblemType.OUTCOME_UNKNOWN,
                    "The first request was handed on, and whether it took effect is not known yet; nothing was executed.",
                    key,
                    Map.of());
        }
        String why = reason == AnswerNotStored.Reason.TOO_LARGE ? "was too large to keep" : "could not be kept";
        return problem(
                ProblemType.RESPONSE_NOT_STORED,
                "The request took effect and its answer " + why + "; look at the resource instead.",
                key,
                Map.of());
    }

    public static Refusal storeUnavailable(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "No store could be asked whether this request was executed before; nothing was executed.",
                key,
                IN_A_SECOND);
    }

    public static Refusal noTransaction(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "PostgreSQL cannot be reached for the request's transaction; nothing was executed.",
                key,
                IN_A_SECOND);
    }

    public static Refusal notStoredYet(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "The request took effect, and no store could take its answer yet; a repeat gets it.",
                key,
                IN_A_SECOND);
    }

    public static Refusal outcomeUnknown(@Nullable String key) {
        return problem(
                ProblemType.STORE_UNAVAILABLE,
                "PostgreSQL did not say whether the request's effect was committed"
                        + (key == null
                                ? "; look at the resource."
                                : "; a repeat with this key takes effect at most once."),
                key,
                IN_A_SECOND);
    }

    private static Refusal problem(ProblemType type, String detail, @Nullable String key, Map<String, String> headers) {
        return new Refusal(Problem.of(type, detail, key), headers);
    }
}
