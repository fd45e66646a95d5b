package dev.idem.service.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.http.key.KeySource;
import dev.idem.http.policy.RoutePolicy;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a client may rely on when it repeats a request, for programs: the value of the OpenAPI extension {@code
 * x-idempotency}. Durations are ISO 8601's, sizes are bytes.
 *
 * @param keyFrom where the key is in a request without the header; null for nowhere else
 * @param keyFormat the key's format in words
 * @param lifetime how long an answer is kept after its completion
 * @param withoutKey how long after the first request an equal one without a key counts as its repeat; null if such
 *     requests are not compared
 * @param notStored which responses are not stored, so that a repeat executes
 * @param onStoreFailure whether a request executes when no store is available
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record IdempotencyContract(
        @JsonProperty("header") String header,
        @JsonProperty("keyFrom") @Nullable String keyFrom,
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

    /** What happens to a repeat while the first request runs: it waits, and is then refused with this status. */
    record InFlight(
            @JsonProperty("wait") String patience,
            @JsonProperty("status") int status) {}

    static IdempotencyContract of(RoutePolicy policy) {
        return new IdempotencyContract(
                policy.keys().header(),
                policy.keys().from() instanceof KeySource.Header
                        ? null
                        : policy.keys().from().toString(),
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
