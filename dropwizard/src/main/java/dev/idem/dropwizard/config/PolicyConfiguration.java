package dev.idem.dropwizard.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.engine.KeyFormat;
import dev.idem.core.engine.OnStoreFailure;
import dev.idem.core.engine.Policy;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A policy as it is written down; {@link Policy} says what each key means and what it may be.
 *
 * @param fingerprint how requests without a key are compared
 */
public record PolicyConfiguration(
        @Nullable Duration ttl,
        @Nullable Duration lockTimeout,
        @JsonProperty("wait") @Nullable Duration maxWait,
        @Nullable Boolean keyRequired,
        @Nullable KeyFormat keyFormat,
        @Nullable FingerprintConfiguration fingerprint,
        @Nullable OnStoreFailure onStoreFailure,
        @Nullable Boolean storeServerErrors,
        @Nullable DataSize maxStoredBody,
        @Nullable DataSize maxRequestBody) {

    /** Everything by default. */
    public static final PolicyConfiguration DEFAULT =
            new PolicyConfiguration(null, null, null, null, null, null, null, null, null, null);

    /**
     * The second layer, for requests without a key.
     *
     * @param enabled whether there is one
     * @param window how long after the first one a request counts as its repeat
     */
    public record FingerprintConfiguration(
            @Nullable Boolean enabled, @Nullable Duration window) {}

    public PolicyConfiguration {
        // Read once here, so that a wrong value stops the start and its message carries the place in the file.
        policyOf(
                ttl,
                lockTimeout,
                maxWait,
                keyRequired,
                keyFormat,
                onStoreFailure,
                storeServerErrors,
                maxStoredBody,
                maxRequestBody);
    }

    public Policy toPolicy() {
        return policyOf(
                ttl,
                lockTimeout,
                maxWait,
                keyRequired,
                keyFormat,
                onStoreFailure,
                storeServerErrors,
                maxStoredBody,
                maxRequestBody);
    }

    /** Whether requests without a key are asked to be compared too. */
    public boolean comparesRequestsWithoutKey() {
        return fingerprint != null && !Boolean.FALSE.equals(fingerprint.enabled());
    }

    @SuppressWarnings("TooManyParameters") // as many as the record has, which cannot be passed before it exists
    private static Policy policyOf(
            @Nullable Duration ttl,
            @Nullable Duration lockTimeout,
            @Nullable Duration maxWait,
            @Nullable Boolean keyRequired,
            @Nullable KeyFormat keyFormat,
            @Nullable OnStoreFailure onStoreFailure,
            @Nullable Boolean storeServerErrors,
            @Nullable DataSize maxStoredBody,
            @Nullable DataSize maxRequestBody) {
        Policy base = Policy.DEFAULT;
        return new Policy(
                ttl == null ? base.ttl() : ttl.toJavaDuration(),
                lockTimeout == null ? base.lockTimeout() : lockTimeout.toJavaDuration(),
                maxWait == null ? base.maxWait() : maxWait.toJavaDuration(),
                keyRequired == null ? base.keyRequired() : keyRequired,
                keyFormat == null ? base.keyFormat() : keyFormat,
                onStoreFailure == null ? base.onStoreFailure() : onStoreFailure,
                storeServerErrors == null ? base.storeServerErrors() : storeServerErrors,
                maxStoredBody == null ? base.maxStoredBody() : maxStoredBody.toBytes(),
                maxRequestBody == null ? base.maxRequestBody() : maxRequestBody.toBytes());
    }
}
