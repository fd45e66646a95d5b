package dev.idem.service.gateway.exchange;

import dev.idem.dropwizard.decision.Refusal;
import dev.idem.dropwizard.policy.OnUnknown;
import dev.idem.dropwizard.problem.Problem;
import dev.idem.dropwizard.problem.ProblemType;
import dev.idem.service.gateway.upstream.UpstreamClient;
import dev.idem.service.gateway.upstream.UpstreamFailure;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** What a client is told when its request has no answer of the upstream. */
final class Failures {
    private Failures() {}

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

    static Refusal busy(@Nullable String key) {
        return problem(
                ProblemType.UPSTREAM_BUSY,
                "The upstream is not asked at the moment; nothing was sent to it.",
                key,
                Map.of("Retry-After", String.valueOf(UpstreamClient.LEFT_ALONE.toSeconds())));
    }

    /** The client's body does not come, not in time, or not as it is framed. */
    static Refusal unreadable(Throwable failure) {
        boolean tooSlow = failure instanceof HttpException http && http.getCode() == 408;
        return problem(
                tooSlow ? ProblemType.REQUEST_TIMEOUT : ProblemType.INVALID_REQUEST,
                "The body could not be read: " + failure.getMessage() + '.',
                null,
                Map.of());
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
        return switch (failure.kind()) {
            case BUSY -> busy(key);
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
