package dev.idem.dropwizard.config;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.record.Consistency;
import dev.idem.dropwizard.policy.RoutePolicies;
import dev.idem.dropwizard.policy.RoutePolicy;
import io.dropwizard.util.DataSize;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The {@code idempotency} section. What is left out has its default; what is wrong stops the start.
 *
 * @param enabled false switches the whole layer off: requests pass as if it were not there
 * @param consistency who decides, unless the policy says something else
 * @param rollout for whom the layer works
 * @param policy the rules
 * @param policies rules for routes that name them, each over {@code policy}
 * @param maxWaiting how many repeats may wait for a first one at a time on this node; a quarter of Dropwizard's 1,024
 *     request threads unless told otherwise
 * @param describedBy where clients find out how repeats are treated, such as {@code /openapi.json}: protected routes link
 *     to it; none unless told
 * @param audit what is kept of what happened
 * @param nearCache how many bytes of answers this process may keep, so that repeats ask no store; none unless told
 * @param tracing where spans of requests are sent
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
        @Nullable TracingConfiguration tracing) {
    private static final int DEFAULT_MAX_WAITING = 256;

    public IdempotencyConfiguration {
        if (maxWaiting != null && maxWaiting < 0) {
            throw new IllegalArgumentException("idempotency.maxWaiting must be 0 or more, not " + maxWaiting);
        }
        if (describedBy != null && !describedBy.matches("[!-~&&[^<>\"]]+")) {
            throw new IllegalArgumentException("idempotency.describedBy must be a URI such as /openapi.json");
        }
        if (nearCache != null && nearCache.toBytes() > mostNearCache()) {
            throw new IllegalArgumentException("idempotency.nearCache must be at most half of the heap, "
                    + mostNearCache() + " bytes here, not " + nearCache);
        }
        RoutePolicies unused = rules(consistency, policy, policies); // tried, so that a wrong one stops the start
    }

    /** Everything by default. */
    public static IdempotencyConfiguration defaults() {
        return new IdempotencyConfiguration(null, null, null, null, null, null, null, null, null, null);
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

    /** The rules, with what they leave to this section. */
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

    /** Which scripts may read an answer is known before it is known whose answer it is. */
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

    /** 0 for none. */
    public long nearCacheBytes() {
        return nearCache == null ? 0 : nearCache.toBytes();
    }

    private static long mostNearCache() {
        return Runtime.getRuntime().maxMemory() / 2;
    }

    public Optional<String> describedByIfAny() {
        return Optional.ofNullable(describedBy);
    }
}
