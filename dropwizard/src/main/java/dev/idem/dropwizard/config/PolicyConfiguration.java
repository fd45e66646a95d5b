package dev.idem.dropwizard.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.engine.KeyFormat;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.engine.Policy;
import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.record.Consistency;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is written down; {@link Policy} says what each key means and what it may be. It is made when the file is
 * read, so that a wrong value stops the start and its message carries the place in the file.
 */
public final class PolicyConfiguration {
    /** Everything by default. */
    public static final PolicyConfiguration DEFAULT =
            new PolicyConfiguration(null, null, null, null, null, null, null, null, null, null, null);

    private final Policy policy;
    private final @Nullable Consistency consistency;

    /**
     * How requests are compared, and whether those without a key are: the second layer.
     *
     * @param enabled whether there is a second layer
     * @param window how long after the first one a request counts as its repeat
     * @param ignore what of a JSON body is left out when requests are compared, with a key or without
     * @param headers which headers are compared, too
     */
    public record FingerprintConfiguration(
            @Nullable Boolean enabled,
            @Nullable Duration window,
            @Nullable List<String> ignore,
            @Nullable List<String> headers) {

        private Optional<java.time.Duration> windowOr(Optional<java.time.Duration> otherwise) {
            if (Boolean.FALSE.equals(enabled)) {
                return Optional.empty();
            }
            return window == null ? otherwise : Optional.of(window.toJavaDuration());
        }

        private FingerprintRules rules() {
            return new FingerprintRules(ignore == null ? List.of() : ignore, headers == null ? List.of() : headers);
        }
    }

    /**
     * Null stands for a key that is left out.
     *
     * @param fingerprint how requests without a key are compared
     * @param consistency which store decides; as the section says if left out
     * @throws IllegalArgumentException naming the key that is wrong and what it should be
     */
    @JsonCreator
    @SuppressWarnings("TooManyParameters") // one for each key of the section
    public PolicyConfiguration(
            @JsonProperty("ttl") @Nullable Duration ttl,
            @JsonProperty("lockTimeout") @Nullable Duration lockTimeout,
            @JsonProperty("wait") @Nullable Duration maxWait,
            @JsonProperty("keyRequired") @Nullable Boolean keyRequired,
            @JsonProperty("keyFormat") @Nullable String keyFormat,
            @JsonProperty("fingerprint") @Nullable FingerprintConfiguration fingerprint,
            @JsonProperty("onStoreFailure") @Nullable OnStoreFailure onStoreFailure,
            @JsonProperty("storeServerErrors") @Nullable Boolean storeServerErrors,
            @JsonProperty("maxStoredBody") @Nullable DataSize maxStoredBody,
            @JsonProperty("maxRequestBody") @Nullable DataSize maxRequestBody,
            @JsonProperty("consistency") @JsonDeserialize(using = ConsistencyDeserializer.class) @Nullable
                    Consistency consistency) {
        Policy base = Policy.DEFAULT;
        this.consistency = consistency;
        this.policy = new Policy(
                ttl == null ? base.ttl() : ttl.toJavaDuration(),
                lockTimeout == null ? base.lockTimeout() : lockTimeout.toJavaDuration(),
                maxWait == null ? base.maxWait() : maxWait.toJavaDuration(),
                keyRequired == null ? base.keyRequired() : keyRequired,
                keyFormat == null ? base.keyFormat() : KeyFormat.of(keyFormat),
                fingerprint == null ? base.window() : fingerprint.windowOr(base.window()),
                fingerprint == null ? base.fingerprint() : fingerprint.rules(),
                onStoreFailure == null ? base.onStoreFailure() : onStoreFailure,
                storeServerErrors == null ? base.storeServerErrors() : storeServerErrors,
                maxStoredBody == null ? base.maxStoredBody() : maxStoredBody.toBytes(),
                maxRequestBody == null ? base.maxRequestBody() : maxRequestBody.toBytes(),
                base.consistency());
    }

    /** @param otherwise which store decides when this policy does not say */
    public Policy toPolicy(Consistency otherwise) {
        return policy.with(consistency == null ? otherwise : consistency);
    }
}
