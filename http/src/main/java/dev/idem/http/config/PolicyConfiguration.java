package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.engine.Policy;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import dev.idem.http.key.KeyFormat;
import dev.idem.http.key.KeyPolicy;
import dev.idem.http.key.KeyScope;
import dev.idem.http.key.KeySource;
import dev.idem.http.key.KeySyntax;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.policy.StoragePolicy;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of a policy; absent keys are inherited. {@link RoutePolicy} and its parts say what each key means and
 * which values it accepts.
 */
public final class PolicyConfiguration {
    /** No key is present. */
    public static final PolicyConfiguration EMPTY = new PolicyConfiguration(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
            null, null, null, null, null, null);

    private final UnaryOperator<RoutePolicy> changes;
    private final boolean saysLateAnswer;
    private final boolean saysMethods;
    private final Optional<KeySource> keyFrom;

    /**
     * Null means that a key is absent. Values are validated here, so that the message carries the place in the file.
     *
     * @throws IllegalArgumentException naming the key that is wrong and what it should be
     */
    @JsonCreator
    @SuppressWarnings("TooManyParameters") // one for each key of the section
    public PolicyConfiguration(
            @JsonProperty("ttl") @Nullable Duration ttl,
            @JsonProperty("lockTimeout") @Nullable Duration lockTimeout,
            @JsonProperty("wait") @Nullable Duration maxWait,
            @JsonProperty("onStoreFailure") @Nullable OnStoreFailure onStoreFailure,
            @JsonProperty("consistency") @JsonDeserialize(using = ConsistencyDeserializer.class) @Nullable
                    Consistency consistency,
            @JsonProperty("maxInFlightPerScope") @JsonDeserialize(using = WholeNumberDeserializer.class) @Nullable
                    Integer maxInFlightPerScope,
            @JsonProperty("keyHeader") @Nullable String keyHeader,
            @JsonProperty("keyFrom") @Nullable String keyFrom,
            @JsonProperty("keyRequired") @Nullable Boolean keyRequired,
            @JsonProperty("keyFormat") @Nullable String keyFormat,
            @JsonProperty("keyForm") @Nullable KeySyntax keyForm,
            @JsonProperty("keyScope") @Nullable KeyScope keyScope,
            @JsonProperty("keyReusedStatus") @JsonDeserialize(using = WholeNumberDeserializer.class) @Nullable
                    Integer keyReusedStatus,
            @JsonProperty("fingerprint") @Nullable FingerprintConfiguration fingerprint,
            @JsonProperty("notStored")
                    @JsonSetter(contentNulls = Nulls.FAIL)
                    @JsonDeserialize(contentUsing = WholeNumberDeserializer.class)
                    @Nullable
                    Set<Integer> notStored,
            @JsonProperty("storeClientErrors") @Nullable Boolean storeClientErrors,
            @JsonProperty("storeServerErrors") @Nullable Boolean storeServerErrors,
            @JsonProperty("maxStoredBody") @Nullable DataSize maxStoredBody,
            @JsonProperty("compressAbove") @Nullable DataSize compressAbove,
            @JsonProperty("maxRequestBody") @Nullable DataSize maxRequestBody,
            @JsonProperty("methods") @Nullable Set<String> methods,
            @JsonProperty("onUnknown") @Nullable OnUnknown onUnknown,
            @JsonProperty("lateAnswer") @Nullable Duration lateAnswer,
            @JsonProperty("cors") @Nullable CorsConfiguration cors) {
        UnaryOperator<Policy> engine = base -> new Policy(
                or(ttl, base.ttl()),
                or(lockTimeout, base.lockTimeout()),
                or(maxWait, base.maxWait()),
                onStoreFailure == null ? base.writtenOnStoreFailure() : Optional.of(onStoreFailure),
                or(consistency, base.consistency()),
                or(maxInFlightPerScope, base.maxInFlightPerScope()));
        UnaryOperator<KeyPolicy> keys = base -> new KeyPolicy(
                or(keyHeader, base.header()),
                keyFrom == null ? base.from() : KeySource.of(keyFrom),
                or(keyRequired, base.required()),
                keyFormat == null ? base.format() : KeyFormat.of(keyFormat),
                or(keyForm, base.form()),
                or(keyScope, base.scope()),
                or(keyReusedStatus, base.reusedStatus()));
        UnaryOperator<StoragePolicy> stored = base -> new StoragePolicy(
                or(notStored, base.never()),
                or(storeClientErrors, base.clientErrors()),
                or(storeServerErrors, base.serverErrors()),
                or(maxStoredBody, base.maxBody()),
                compressAbove == null ? base.compressAbove() : OptionalLong.of(compressAbove.toBytes()));
        this.changes = base -> new RoutePolicy(
                engine.apply(base.engine()),
                keys.apply(base.keys()),
                fingerprint == null ? base.comparison() : fingerprint.over(base.comparison()),
                stored.apply(base.stored()),
                or(maxRequestBody, base.maxRequestBody()),
                or(methods, base.methods()),
                or(onUnknown, base.onUnknown()),
                or(lateAnswer, base.lateAnswer()),
                cors == null ? base.cors() : cors.settings());
        this.saysLateAnswer = lateAnswer != null;
        this.saysMethods = methods != null;
        this.keyFrom = Optional.ofNullable(keyFrom).map(KeySource::of);
        RoutePolicy unused = over(RoutePolicy.DEFAULT);
        if (compressAbove != null && maxStoredBody != null && compressAbove.toBytes() >= maxStoredBody.toBytes()) {
            throw new IllegalArgumentException("policy.compressAbove must be less than policy.maxStoredBody: a larger"
                    + " answer is not stored, and so none would be compressed");
        }
    }

    /**
     * This configuration over an inherited policy.
     *
     * @throws IllegalArgumentException naming the key that is wrong and what it should be
     */
    public RoutePolicy over(RoutePolicy base) {
        return changes.apply(base);
    }

    /** Whether the key {@code lateAnswer} is present. */
    public boolean saysLateAnswer() {
        return saysLateAnswer;
    }

    /** Whether the key {@code methods} is present. */
    public boolean saysMethods() {
        return saysMethods;
    }

    /** Where keys are, if the key {@code keyFrom} is present. */
    Optional<KeySource> keyFrom() {
        return keyFrom;
    }

    private static java.time.Duration or(@Nullable Duration written, java.time.Duration otherwise) {
        return written == null ? otherwise : written.toJavaDuration();
    }

    private static long or(@Nullable DataSize written, long otherwise) {
        return written == null ? otherwise : written.toBytes();
    }

    private static <T> T or(@Nullable T written, T otherwise) {
        return written == null ? otherwise : written;
    }
}
