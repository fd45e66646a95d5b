package dev.idem.gateway.response;

import dev.idem.gateway.upstream.UpstreamClient;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.http.problem.Refusal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The responses for requests without a response from the upstream. */
public final class FailureResponses {
    private static final Map<String, String> CLOSE = Map.of("Connection", "close");

    /** How long a client should wait for a free place. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private FailureResponses() {}

    /** For a request that is not protected. */
    public static Refusal of(UpstreamFailure failure) {
        return of(failure, null, "whether the request took effect is unknown.");
    }

    /** For a request with a key or a fingerprint. */
    public static Refusal of(UpstreamFailure failure, @Nullable String key, OnUnknown policy) {
        return of(
                failure,
                key,
                policy == OnUnknown.RELEASE
                        ? "whether the request took effect is unknown; a repeat executes."
                        : "whether the request took effect is unknown; repeats are refused until that is known.");
    }

    /** The upstream was asked, and says that the request took no effect. */
    public static Refusal withoutEffect(UpstreamFailure failure, @Nullable String key) {
        return of(failure, key, "it reports that the request took no effect, so a repeat executes.");
    }

    /** The upstream's response cannot be written to a client. */
    public static Refusal unwritable(@Nullable String key) {
        return problem(
                ProblemType.UPSTREAM_FAILED,
                "The upstream's response cannot be forwarded. Check the resource's current state.",
                key,
                Map.of());
    }

    /**
     * The same, because its head is too large.
     *
     * @param status the response's status, which says whether the request took effect
     */
    public static Refusal tooLargeHead(int status, @Nullable String key) {
        return problem(
                ProblemType.UPSTREAM_FAILED,
                "The upstream responded with status " + status + " and headers of more than "
                        + UpstreamClient.MOST_HEAD_BYTES + " bytes, which cannot be forwarded."
                        + " Check the resource's current state.",
                key,
                Map.of());
    }

    /** @param pause the longest time until the upstream is available again */
    public static Refusal busy(@Nullable String key, Duration pause) {
        return problem(
                ProblemType.UPSTREAM_BUSY,
                "The upstream is busy or unavailable. Nothing was sent to it.",
                key,
                Map.of("Retry-After", String.valueOf(pause.plusMillis(999).toSeconds())));
    }

    /** The client's body does not arrive, arrives too slowly, or is framed wrongly. */
    public static Refusal unreadable(Throwable failure, @Nullable String key) {
        boolean tooSlow =
                failure instanceof TimeoutException || (failure instanceof HttpException http && http.getCode() == 408);
        return problem(
                tooSlow ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST,
                failure instanceof HttpException http && http.getReason() != null
                        ? "The body could not be read: " + http.getReason() + '.'
                        : tooSlow
                                ? "The body arrived too slowly. Send it without pauses."
                                : "The body is incomplete. Send all of it.",
                key,
                tooSlow ? CLOSE : Map.of());
    }

    /** The upstream stopped waiting while the client sent nothing. */
    public static Refusal notWaitedFor() {
        return problem(
                ProblemType.REQUEST_TIMEOUT, "The upstream stopped waiting for the rest of the body.", null, CLOSE);
    }

    /** The stored answer is gzip, which this client does not accept, and cannot be decoded. */
    public static Refusal undecodable(@Nullable String key) {
        return problem(
                ProblemType.RESPONSE_NOT_STORED,
                "The request took effect, but its stored answer is damaged gzip. Send Accept-Encoding: gzip to get it as it is,"
                        + " or check the resource.",
                key,
                Map.of());
    }

    public static Refusal internal(@Nullable String key) {
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
                        "The headers are larger than the upstream accepts. Nothing was sent to it; send fewer or smaller headers.",
                        key,
                        Map.of());
            case BUSY -> busy(key, A_MOMENT);
            case UNREACHABLE ->
                problem(
                        ProblemType.UPSTREAM_UNREACHABLE,
                        "The upstream cannot be reached. Nothing was sent to it.",
                        key,
                        Map.of("Retry-After", "1"));
            case TIMEOUT ->
                problem(
                        ProblemType.UPSTREAM_TIMEOUT,
                        "The upstream did not respond in time; " + unknown,
                        key,
                        Map.of());
            case BROKEN ->
                problem(
                        ProblemType.UPSTREAM_FAILED,
                        "The upstream's response is not valid HTTP; " + unknown,
                        key,
                        Map.of());
        };
    }

    private static Refusal problem(ProblemType type, String detail, @Nullable String key, Map<String, String> headers) {
        return new Refusal(Problem.of(type, detail, key), headers);
    }
}
