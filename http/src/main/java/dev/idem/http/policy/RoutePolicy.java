package dev.idem.http.policy;

import dev.idem.core.engine.Policy;
import dev.idem.core.record.Consistency;
import dev.idem.http.key.KeyPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy of one route.
 *
 * @param engine the engine's part
 * @param keys which keys are accepted
 * @param comparison how requests are compared
 * @param stored which answers are stored
 * @param maxRequestBody the largest accepted request body, bytes
 * @param methods the protected HTTP methods; requests with others pass
 * @param onUnknown what happens to a key when it is unknown whether its request took effect
 * @param lateAnswer how long a resource method may take to answer after a timeout has answered its client; then its key is held
 * @param cors which scripts of other origins may read responses; empty if the layer adds no CORS headers
 */
public record RoutePolicy(
        Policy engine,
        KeyPolicy keys,
        FingerprintPolicy comparison,
        StoragePolicy stored,
        long maxRequestBody,
        Set<String> methods,
        OnUnknown onUnknown,
        Duration lateAnswer,
        Optional<CorsPolicy> cors) {

    /** The methods that may change something. */
    public static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** The largest body that can be stored or compared, bytes: it is one value in Redis and one array here. */
    static final long MAX_BODY = 64L << 20;

    /** The defaults. */
    public static final RoutePolicy DEFAULT = new RoutePolicy(
            Policy.DEFAULT,
            KeyPolicy.DEFAULT,
            FingerprintPolicy.DEFAULT,
            StoragePolicy.DEFAULT,
            1 << 20,
            CHANGING,
            OnUnknown.RELEASE,
            Duration.ofMinutes(10),
            Optional.empty());

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public RoutePolicy {
        if (maxRequestBody < 0 || maxRequestBody > MAX_BODY) {
            throw new IllegalArgumentException(
                    "policy.maxRequestBody must be from 0 to 64MiB, not " + maxRequestBody + " bytes");
        }
        if (lateAnswer.compareTo(Duration.ofSeconds(1)) < 0 || lateAnswer.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("policy.lateAnswer must be from 1s to 1d, not " + lateAnswer);
        }
        if (!mayProtect(methods)) {
            throw new IllegalArgumentException("policy.methods must be of POST, PUT, PATCH and DELETE, not " + methods);
        }
        methods = Set.copyOf(methods);
    }

    /** Whether these are methods that may change something. An empty element of a list in a file is none. */
    static boolean mayProtect(Set<@Nullable String> methods) {
        return methods.stream().allMatch(method -> method != null && CHANGING.contains(method));
    }

    /** The same with another consistency. */
    public RoutePolicy with(Consistency consistency) {
        Policy decided = new Policy(
                engine.ttl(),
                engine.lockTimeout(),
                engine.maxWait(),
                engine.writtenOnStoreFailure(),
                consistency,
                engine.maxInFlightPerScope());
        return new RoutePolicy(decided, keys, comparison, stored, maxRequestBody, methods, onUnknown, lateAnswer, cors);
    }

    /** The same with other rules for keys. */
    public RoutePolicy with(KeyPolicy other) {
        return new RoutePolicy(engine, other, comparison, stored, maxRequestBody, methods, onUnknown, lateAnswer, cors);
    }

    /** The same with another comparison. */
    public RoutePolicy with(FingerprintPolicy other) {
        return new RoutePolicy(engine, keys, other, stored, maxRequestBody, methods, onUnknown, lateAnswer, cors);
    }

    /** The same with another rule for unknown outcomes. */
    public RoutePolicy with(OnUnknown other) {
        return new RoutePolicy(engine, keys, comparison, stored, maxRequestBody, methods, other, lateAnswer, cors);
    }
}
