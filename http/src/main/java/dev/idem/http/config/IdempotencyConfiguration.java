package dev.idem.http.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.idem.core.budget.MemoryShares;
import dev.idem.core.record.Consistency;
import dev.idem.http.policy.ConfiguredRoute;
import dev.idem.http.policy.OnUnknown;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.policy.RoutePolicy;
import io.dropwizard.util.DataSize;
import java.util.ArrayList;
import java.util.List;
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
 * @param routes what holds for resource methods by their paths, whatever their annotations say
 * @param maxWaiting how many repeats may wait for a first request at a time on this node; default 256, a quarter of
 *     Dropwizard's request threads
 * @param describedBy where repeats are documented, such as {@code /openapi.json}: protected routes link to it; default none
 * @param audit the audit trail
 * @param nearCache bytes of answers that this process keeps, so that repeats need no store; default 0
 * @param tracing where spans of requests are sent
 * @param bodyMemory the part of the memory budget for requests and answers in flight, bytes; default half of it
 * @param memoryBudget bytes of memory for requests, answers and records; default {@link MemoryShares#usualTotal}
 */
public record IdempotencyConfiguration(
        @Nullable Boolean enabled,

        @JsonDeserialize(using = ConsistencyDeserializer.class) @Nullable
        Consistency consistency,

        @Nullable RolloutConfiguration rollout,
        @Nullable PolicyConfiguration policy,
        @JsonSetter(contentNulls = Nulls.FAIL) @Nullable Map<String, PolicyConfiguration> policies,
        @Nullable List<@Nullable PathConfiguration> routes,

        @JsonDeserialize(using = WholeNumberDeserializer.class) @Nullable
        Integer maxWaiting,

        @Nullable String describedBy,
        @Nullable AuditConfiguration audit,
        @Nullable DataSize nearCache,
        @Nullable TracingConfiguration tracing,
        @Nullable DataSize bodyMemory,
        @Nullable DataSize memoryBudget) {
    private static final int DEFAULT_MAX_WAITING = 256;

    public IdempotencyConfiguration {
        if (maxWaiting != null && maxWaiting < 0) {
            throw new IllegalArgumentException("idempotency.maxWaiting must be 0 or more, not " + maxWaiting);
        }
        if (describedBy != null && !describedBy.matches("[!-~&&[^<>\"]]+")) {
            throw new IllegalArgumentException("idempotency.describedBy must be a URI such as /openapi.json");
        }
        MemoryShares shares = MemorySettings.shares(memoryBudget, bodyMemory, nearCache); // validates
        RoutePolicies tried = rules(consistency, policy, policies, routes); // validates
        require(shares, "idempotency.policy.", tried.usual());
        tried.named().forEach((name, rules) -> require(shares, "idempotency.policies." + name + '.', rules));
        tried.routes().forEach(route -> route.policy()
                .ifPresent(rules -> require(shares, route.place() + ".policy.", rules)));
    }

    private static void require(MemoryShares shares, String place, RoutePolicy rules) {
        MemorySettings.requireRoom(shares, place, rules);
        if (rules.onUnknown() == OnUnknown.PROBE) {
            throw new IllegalArgumentException(
                    place + "onUnknown must be release or hold, since an application's own methods"
                            + " have no upstream to ask. Set probe in the policy of each gateway route that has one");
        }
    }

    /** All defaults. */
    public static IdempotencyConfiguration defaults() {
        return new IdempotencyConfiguration(
                null, null, null, null, null, null, null, null, null, null, null, null, null);
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
        return rules(consistency, policy, policies, routes);
    }

    private static RoutePolicies rules(
            @Nullable Consistency consistency,
            @Nullable PolicyConfiguration policy,
            @Nullable Map<String, PolicyConfiguration> policies,
            @Nullable List<@Nullable PathConfiguration> routes) {
        RoutePolicy base = RoutePolicy.DEFAULT.with(consistency == null ? Consistency.FAST : consistency);
        RoutePolicy written = (policy == null ? PolicyConfiguration.EMPTY : policy).over(base);
        RoutePolicy usual = written.with(written.comparison().ofAllRoutes());
        Map<String, RoutePolicy> named = new TreeMap<>();
        if (policies != null) {
            policies.forEach((name, own) -> named.put(name, over(usual, own, "idempotency.policies." + name)));
        }
        Map<String, PolicyConfiguration> sections = policies == null ? Map.of() : policies;
        List<ConfiguredRoute> paths = new ArrayList<>();
        for (int i = 0; routes != null && i < routes.size(); i++) {
            paths.add(route("idempotency.routes[" + i + ']', routes.get(i), usual, named, sections));
        }
        return new RoutePolicies(usual, named, paths);
    }

    private static ConfiguredRoute route(
            String place,
            @Nullable PathConfiguration written,
            RoutePolicy usual,
            Map<String, RoutePolicy> named,
            Map<String, PolicyConfiguration> policies) {
        if (written == null) {
            throw new IllegalArgumentException(place + " must have a path, such as { path: /payments }");
        }
        return written.route(
                place, name -> named(place, name, named), policy -> over(usual, policy, place + ".policy"), policies);
    }

    private static RoutePolicy named(String place, String name, Map<String, RoutePolicy> named) {
        @Nullable RoutePolicy policy = named.get(name);
        if (policy == null) {
            throw new IllegalArgumentException(place + ".policy must be one of idempotency.policies, which has "
                    + named.keySet() + ", or a policy such as { ttl: 7d }; it is '" + name + "'");
        }
        return policy;
    }

    /** CORS is decided before the route's policy is known. */
    private static RoutePolicy over(RoutePolicy usual, PolicyConfiguration written, String place) {
        RoutePolicy policy = written.over(usual);
        if (!policy.cors().equals(usual.cors())) {
            throw new IllegalArgumentException(
                    place
                            + ".cors must be left out: idempotency.policy.cors holds for the whole API, and a gateway route may have its own");
        }
        return policy;
    }

    public int maxWaitingOrDefault() {
        return maxWaiting == null ? DEFAULT_MAX_WAITING : maxWaiting;
    }

    /** How this process's memory is divided. */
    public MemoryShares memoryShares() {
        return MemorySettings.shares(memoryBudget, bodyMemory, nearCache);
    }

    /**
     * Checks a policy of another section against the body memory.
     *
     * @param place its place in the file, such as {@code gateway.routes[0].policy.}
     * @throws IllegalArgumentException if its largest request or answer does not fit
     */
    public void requireBodyMemory(String place, RoutePolicy rules) {
        MemorySettings.requireRoom(memoryShares(), place, rules);
    }

    public Optional<String> describedByIfAny() {
        return Optional.ofNullable(describedBy);
    }
}
