package dev.idem.http.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.record.Consistency;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import io.dropwizard.util.DataSize;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code idempotency} section. Absent keys have defaults; invalid values stop the start.
 *
 * @param enabled false switches the whole layer off: requests pass unprotected
 * @param consistency the default of {@code policy.consistency}
 * @param rollout for whom the layer is active
 * @param policy the rules of all routes
 * @param policies rules for routes that name them, each over {@code policy}
 * @param maxWaiting how many repeats may wait for a first request at a time on this node; default 256, a quarter of
 *     Dropwizard's request threads
 * @param describedBy where repeats are documented, such as {@code /openapi.json}: protected routes link to it; default none
 * @param audit the audit trail
 * @param nearCache bytes of answers that this process keeps, so that repeats need no store; default 0
 * @param tracing where spans of requests are sent
 * @param bodyMemory bytes of requests and answers that this process may buffer at a time; default a quarter of the heap
 */
public record IdempotencyConfiguration(
        @Nullable Boolean enabled,

        @JsonDeserialize(using = ConsistencyDeserializer.class) @Nullable
        Consistency consistency,

        @Nullable RolloutConfiguration rollout,
        @Nullable PolicyConfiguration policy,
        @Nullable Map<String, PolicyConfiguration> policies,
        @Nullable Integer maxWaiting,
        @Nullable String describedBy,
        @Nullable AuditConfiguration audit,
        @Nullable DataSize nearCache,
        @Nullable TracingConfiguration tracing,
        @Nullable DataSize bodyMemory) {
    private static final int DEFAULT_MAX_WAITING = 256;

    public IdempotencyConfiguration {
        if (maxWaiting != null && maxWaiting < 0) {
            throw new IllegalArgumentException("idempotency.maxWaiting must be 0 or more, not " + maxWaiting);
        }
        if (describedBy != null && !describedBy.matches("[!-~&&[^<>\"]]+")) {
            throw new IllegalArgumentException("idempotency.describedBy must be a URI such as /openapi.json");
        }
        if (nearCache != null && nearCache.toBytes() > halfOfTheHeap()) {
            throw new IllegalArgumentException("idempotency.nearCache must be at most half of the heap, "
                    + halfOfTheHeap() + " bytes here, not " + nearCache);
        }
        if (bodyMemory != null && (bodyMemory.toBytes() <= 0 || bodyMemory.toBytes() > halfOfTheHeap())) {
            throw new IllegalArgumentException(
                    "idempotency.bodyMemory must be more than 0 and at most half of the heap, " + halfOfTheHeap()
                            + " bytes here, not " + bodyMemory);
        }
        long kept = (nearCache == null ? 0 : nearCache.toBytes()) + bytesOf(bodyMemory);
        long most = Runtime.getRuntime().maxMemory() - BodyMemory.usual();
        if (kept > most) {
            throw new IllegalArgumentException(
                    "idempotency.nearCache and idempotency.bodyMemory must together be at most three"
                            + " quarters of the heap, " + most + " bytes here, not " + kept);
        }
        RoutePolicies tried = rules(consistency, policy, policies); // validates
        requireBodyMemory(bytesOf(bodyMemory), "idempotency.policy.", tried.usual());
        tried.named()
                .forEach((name, rules) ->
                        requireBodyMemory(bytesOf(bodyMemory), "idempotency.policies." + name + '.', rules));
    }

    /** All defaults. */
    public static IdempotencyConfiguration defaults() {
        return new IdempotencyConfiguration(null, null, null, null, null, null, null, null, null, null, null);
    }

    public boolean isEnabled() {
        return enabled == null || enabled;
    }

    public RolloutConfiguration rolloutOrDefault() {
        return rollout == null ? RolloutConfiguration.EVERYONE : rollout;
    }

    public AuditConfiguration auditOrDefault() {
        return audit == null ? AuditConfiguration.DEFAULT : audit;
    }

    public TracingConfiguration tracingOrOff() {
        return tracing == null ? TracingConfiguration.OFF : tracing;
    }

    /** The policies, with this section's consistency. */
    public RoutePolicies rules() {
        return rules(consistency, policy, policies);
    }

    private static RoutePolicies rules(
            @Nullable Consistency consistency,
            @Nullable PolicyConfiguration policy,
            @Nullable Map<String, PolicyConfiguration> policies) {
        RoutePolicy base = RoutePolicy.DEFAULT.with(consistency == null ? Consistency.FAST : consistency);
        RoutePolicy written = (policy == null ? PolicyConfiguration.EMPTY : policy).over(base);
        RoutePolicy usual = written.with(written.comparison().ofAllRoutes());
        Map<String, RoutePolicy> named = new TreeMap<>();
        if (policies != null) {
            policies.forEach((name, own) -> named.put(name, named(name, own, usual)));
        }
        return new RoutePolicies(usual, named);
    }

    /** CORS is decided before the route's policy is known. */
    private static RoutePolicy named(String name, PolicyConfiguration written, RoutePolicy usual) {
        RoutePolicy policy = written.over(usual);
        if (!policy.cors().equals(usual.cors())) {
            throw new IllegalArgumentException(
                    "idempotency.policies." + name
                            + ".cors must be left out: idempotency.policy.cors holds for the whole API, and a gateway route may have its own");
        }
        return policy;
    }

    public int maxWaitingOrDefault() {
        return maxWaiting == null ? DEFAULT_MAX_WAITING : maxWaiting;
    }

    /** Bytes; 0 for none. */
    public long nearCacheBytes() {
        return nearCache == null ? 0 : nearCache.toBytes();
    }

    private static long halfOfTheHeap() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    public long bodyMemoryBytes() {
        return bytesOf(bodyMemory);
    }

    private static long bytesOf(@Nullable DataSize bodyMemory) {
        return bodyMemory == null ? BodyMemory.usual() : bodyMemory.toBytes();
    }

    /**
     * Checks a policy of another section against the body memory.
     *
     * @param place its place in the file, such as {@code gateway.routes[0].policy.}
     * @throws IllegalArgumentException if its largest request or answer does not fit
     */
    public void requireBodyMemory(String place, RoutePolicy rules) {
        requireBodyMemory(bodyMemoryBytes(), place, rules);
    }

    private static void requireBodyMemory(long bytes, String place, RoutePolicy rules) {
        long largest = Math.max(rules.maxRequestBody(), rules.stored().maxBody());
        if (2 * largest > bytes) {
            throw new IllegalArgumentException("idempotency.bodyMemory must be at least twice " + place
                    + "maxRequestBody and twice " + place + "maxStoredBody, which is " + 2 * largest
                    + " bytes, and is " + bytes
                    + " bytes (default: a quarter of the heap): set it, give the process more heap (-Xmx),"
                    + " or lower these limits");
        }
    }

    public Optional<String> describedByIfAny() {
        return Optional.ofNullable(describedBy);
    }
}
