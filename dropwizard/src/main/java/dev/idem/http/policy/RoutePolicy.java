package dev.idem.http.policy;

import dev.idem.core.engine.Policy;
import dev.idem.core.record.Consistency;
import dev.idem.http.key.KeyPolicy;
import java.util.Optional;
import java.util.Set;

/**
 * The rules of one route.
 *
 * @param engine what the engine goes by
 * @param keys which keys are taken, and for what they stand
 * @param comparison how requests are compared
 * @param stored which answers are kept
 * @param maxRequestBody the largest request that is taken, bytes
 * @param methods the HTTP methods whose requests take effect once; others pass
 * @param onUnknown what becomes of a key when nobody knows whether its request took effect
 * @param cors which scripts of other origins may read answers; empty if nothing is said of it here
 */
public record RoutePolicy(
        Policy engine,
        KeyPolicy keys,
        FingerprintPolicy comparison,
        StoragePolicy stored,
        long maxRequestBody,
        Set<String> methods,
        OnUnknown onUnknown,
        Optional<CorsPolicy> cors) {

    /** The methods that may change something. */
    public static final Set<String> CHANGING = Set.of("POST", "PUT", "PATCH", "DELETE");

    /** The largest body that can be kept or compared, bytes: Redis keeps a value in one piece, and so do we. */
    static final long MAX_BODY = 64L << 20;

    /** The rules of a route that says nothing. */
    public static final RoutePolicy DEFAULT = new RoutePolicy(
            Policy.DEFAULT,
            KeyPolicy.DEFAULT,
            FingerprintPolicy.DEFAULT,
            StoragePolicy.DEFAULT,
            1 << 20,
            CHANGING,
            OnUnknown.RELEASE,
            Optional.empty());

    /** @throws IllegalArgumentException naming the key that is wrong and what it should be */
    public RoutePolicy {
        methods = Set.copyOf(methods);
        if (maxRequestBody < 0 || maxRequestBody > MAX_BODY) {
            throw new IllegalArgumentException(
                    "policy.maxRequestBody must be from 0 to 64MiB, not " + maxRequestBody + " bytes");
        }
        if (!CHANGING.containsAll(methods)) {
            throw new IllegalArgumentException("policy.methods must be of POST, PUT, PATCH and DELETE, not " + methods);
        }
    }

    /** The same rules, decided by another store. */
    public RoutePolicy with(Consistency consistency) {
        Policy decided =
                new Policy(engine.ttl(), engine.lockTimeout(), engine.maxWait(), engine.onStoreFailure(), consistency);
        return new RoutePolicy(decided, keys, comparison, stored, maxRequestBody, methods, onUnknown, cors);
    }

    /** The same rules, with requests compared in another way. */
    public RoutePolicy with(FingerprintPolicy other) {
        return new RoutePolicy(engine, keys, other, stored, maxRequestBody, methods, onUnknown, cors);
    }

    /** The same rules, with another fate of keys whose requests' outcome is unknown. */
    public RoutePolicy with(OnUnknown other) {
        return new RoutePolicy(engine, keys, comparison, stored, maxRequestBody, methods, other, cors);
    }
}
