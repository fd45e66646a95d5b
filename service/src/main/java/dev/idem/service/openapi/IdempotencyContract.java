package dev.idem.service.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may rely on when it repeats a request, for programs: the value of the OpenAPI extension {@code
 * x-idempotency}. Durations are ISO 8601's, sizes bytes.
 *
 * @param keyFormat what the key must be, in words
 * @param lifetime how long an answer is kept, from its completion
 * @param withoutKey how long after the first one a request without a key, that says the same, counts as its repeat; null
 *     if such requests are not compared
 * @param notStored which answers are no answer: the same request executes again
 * @param onStoreFailure whether a request executes when no store can be asked
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IdempotencyContract(
        @JsonProperty("header") String header,
        @JsonProperty("required") boolean required,
        @JsonProperty("keyFormat") String keyFormat,
        @JsonProperty("scope") String scope,
        @JsonProperty("lifetime") String lifetime,
        @JsonProperty("inFlight") InFlight inFlight,
        @JsonProperty("withoutKey") @Nullable String withoutKey,
        @JsonProperty("notStored") List<String> notStored,
        @JsonProperty("maxStoredBody") long maxStoredBody,
        @JsonProperty("maxRequestBody") long maxRequestBody,
        @JsonProperty("onStoreFailure") String onStoreFailure,
        @JsonProperty("replayedHeader") String replayedHeader) {

    /** What becomes of a repeat while the first one runs: it waits, and then is refused with this status. */
    record InFlight(
            @JsonProperty("wait") String patience,
            @JsonProperty("status") int status) {}

    static IdempotencyContract of(RoutePolicy policy) {
        return new IdempotencyContract(
                policy.keys().header(),
                policy.keys().required(),
                policy.keys().format().description(),
                "user",
                policy.engine().ttl().toString(),
                new InFlight(policy.engine().maxWait().toString(), 409),
                policy.comparison().window().map(Duration::toString).orElse(null),
                policy.stored().freed(),
                policy.stored().maxBody(),
                policy.maxRequestBody(),
                policy.engine().onStoreFailure() == OnStoreFailure.OPEN ? "execute" : "refuse",
                "Idempotent-Replayed");
    }
}
