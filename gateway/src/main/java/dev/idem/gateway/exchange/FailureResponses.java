package dev.idem.gateway.exchange;

import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.Refusal;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** What a client is told when its request has no answer of the upstream. */
final class FailureResponses {
    private static final Map<String, String> CLOSE = Map.of("Connection", "close");

    /** Until a place is free again. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private FailureResponses() {}

    /** Of a request that nothing protects. */
    static Refusal of(UpstreamFailure failure) {
        return of(failure, null, "whether the request took effect is unknown.");
    }

    /** Of a request that has a key, or is told from others by what it says. */
    static Refusal of(UpstreamFailure failure, @Nullable String key, OnUnknown policy) {
        return of(
                failure,
                key,
                policy == OnUnknown.RELEASE
                        ? "whether the request took effect is unknown; a repeat executes."
                        : "whether the request took effect is unknown; repeats are refused until that is known.");
    }

    /** The upstream was asked, and says that there was no effect. */
    static Refusal withoutEffect(UpstreamFailure failure, @Nullable String key) {
        return of(failure, key, "it says that the request took no effect, and a repeat executes.");
    }

    /** An answer has come, and is none that could be written to a client. */
    static Refusal unwritable(@Nullable String key) {
        return problem(
                ProblemType.UPSTREAM_FAILED,
                "The upstream has answered, and its answer cannot be passed on; look at the resource's present state.",
                key,
                Map.of());
    }

    /**
     * The same, because its head is too large.
     *
     * @param status of the answer, which says whether the request took effect
     */
    static Refusal tooLargeHead(int status, @Nullable String key) {
        return problem(
                ProblemType.UPSTREAM_FAILED,
                "The upstream has answered with status " + status + " and headers of more than "
                        + UpstreamClient.MOST_HEAD_BYTES + " bytes, which cannot be passed on;"
                        + " look at the resource's present state.",
                key,
                Map.of());
    }

    /** @param pause how long it is at the most until the upstream is asked again */
    static Refusal busy(@Nullable String key, Duration pause) {
        return problem(
                ProblemType.UPSTREAM_BUSY,
                "The upstream is not asked at the moment; nothing was sent to it.",
                key,
                Map.of("Retry-After", String.valueOf(pause.plusMillis(999).toSeconds())));
    }

    /** The client's body does not come, not in time, or not as it is framed. */
    static Refusal unreadable(Throwable failure, @Nullable String key) {
        boolean tooSlow =
                failure instanceof TimeoutException || (failure instanceof HttpException http && http.getCode() == 408);
        return problem(
                tooSlow ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST,
                failure instanceof HttpException http && http.getReason() != null
                        ? "The body could not be read: " + http.getReason() + '.'
                        : tooSlow
                                ? "The body did not come in time; send it at once."
                                : "The body breaks off before its end; send it whole.",
                key,
                tooSlow ? CLOSE : Map.of());
    }

    /** The upstream has ended the request while the client was silent in its body. */
    static Refusal notWaitedFor() {
        return problem(
                ProblemType.REQUEST_TIMEOUT,
                "The rest of the body did not come before the upstream stopped waiting for it.",
                null,
                CLOSE);
    }

    /** The first answer is kept in gzip, which this client does not accept and nobody can undo. */
    static Refusal undecodable(@Nullable String key) {
        return problem(
                ProblemType.RESPONSE_NOT_STORED,
                "The request took effect, and its answer is kept in a gzip that is damaged; send Accept-Encoding: gzip to get it as"
                        + " it is, or look at the resource.",
                key,
                Map.of());
    }

    static Refusal internal(@Nullable String key) {
        return problem(ProblemType.INTERNAL_ERROR, ProblemType.INTERNAL_ERROR.remedy(), key, Map.of());
    }

    private static Refusal of(UpstreamFailure failure, @Nullable String key, String unknown) {
        if (failure.status().isPresent()) {
            return tooLargeHead(failure.status().getAsInt(), key);
        }
        return switch (failure.kind()) {
            case HEAD_TOO_LARGE ->
                problem(
                        ProblemType.INVALID_REQUEST,
                        "The headers are larger than the upstream takes, and nothing was sent to it; send fewer or smaller"
                                + " ones.",
                        key,
                        Map.of());
            case BUSY -> busy(key, A_MOMENT);
            case UNREACHABLE ->
                problem(
                        ProblemType.UPSTREAM_UNREACHABLE,
                        "The upstream cannot be reached; nothing was sent to it.",
                        key,
                        Map.of("Retry-After", "1"));
            case TIMEOUT ->
                problem(ProblemType.UPSTREAM_TIMEOUT, "The upstream did not answer in time; " + unknown, key, Map.of());
            case BROKEN ->
                problem(
                        ProblemType.UPSTREAM_FAILED,
                        "The upstream gave no answer that can be read; " + unknown,
                        key,
                        Map.of());
        };
    }

    private static Refusal problem(ProblemType type, String detail, @Nullable String key, Map<String, String> headers) {
        return new Refusal(Problem.of(type, detail, key), headers);
    }
}
