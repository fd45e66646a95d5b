package dev.idem.service.admin.gateway;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.gateway.exchange.RouteCounters;
import dev.idem.gateway.exchange.RouteExchange;
import dev.idem.gateway.upstream.UpstreamFailure.Kind;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.policy.RoutePolicy;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A route as operators see it. Durations are in ISO 8601, sizes in bytes.
 *
 * @param methods the protected methods
 * @param scope {@code none}, {@code header} or {@code claim}
 * @param breaker {@code closed} while the upstream is used
 */
record RouteView(
        String prefix,
        String upstream,
        Set<String> methods,
        String scope,
        PolicyView policy,
        String breaker,
        CountersView counters) {

    static RouteView of(RouteExchange route) {
        return new RouteView(
                route.settings().prefix(),
                route.settings().upstream().toString(),
                new TreeSet<>(route.settings().policy().methods()),
                route.settings().scope().kind(),
                PolicyView.of(route.settings().policy()),
                route.upstream().breakerState(),
                CountersView.of(route.counters()));
    }

    /** The rules that differ most between routes. */
    record PolicyView(
            String ttl,
            @JsonProperty("lock_timeout") String lockTimeout,
            @JsonProperty("wait") String patience,
            String consistency,
            @JsonProperty("key_required") boolean keyRequired,
            @JsonProperty("on_store_failure") String onStoreFailure,
            @JsonProperty("on_unknown") String onUnknown,
            @JsonProperty("max_stored_body") long maxStoredBody,
            @JsonProperty("max_request_body") long maxRequestBody,
            @JsonProperty("max_in_flight_per_scope") int maxInFlightPerScope) {

        static PolicyView of(RoutePolicy policy) {
            return new PolicyView(
                    policy.engine().ttl().toString(),
                    policy.engine().lockTimeout().toString(),
                    policy.engine().maxWait().toString(),
                    word(policy.engine().consistency()),
                    policy.keys().required(),
                    word(policy.engine().onStoreFailure()),
                    word(policy.onUnknown()),
                    policy.stored().maxBody(),
                    policy.maxRequestBody(),
                    policy.engine().maxInFlightPerScope());
        }

        private static String word(Enum<?> value) {
            return value.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The outcomes of its requests on this node, since the route has these settings.
     *
     * @param unprotected requests of protected methods without a key or outside the rollout
     * @param refused refused requests, by reason
     * @param unreachable requests that were not sent, because the upstream was unreachable
     * @param unknown requests that were sent and got no response
     */
    record CountersView(
            long executed,
            long replayed,
            long unprotected,
            SortedMap<String, Long> refused,
            @JsonProperty("passed_through") long passedThrough,
            long unreachable,
            long busy,
            long unknown) {
        private static final Set<Outcome> NOT_REFUSED =
                EnumSet.of(Outcome.EXECUTED, Outcome.REPLAYED, Outcome.WITHOUT_KEY, Outcome.NOT_ROLLED_OUT);

        static CountersView of(RouteCounters counters) {
            SortedMap<String, Long> refused = new TreeMap<>();
            EnumSet.complementOf(EnumSet.copyOf(NOT_REFUSED))
                    .forEach(outcome -> refused.put(outcome.label(), counters.count(outcome)));
            return new CountersView(
                    counters.count(Outcome.EXECUTED),
                    counters.count(Outcome.REPLAYED),
                    counters.count(Outcome.WITHOUT_KEY) + counters.count(Outcome.NOT_ROLLED_OUT),
                    refused,
                    counters.passedThrough(),
                    counters.count(Kind.UNREACHABLE),
                    counters.count(Kind.BUSY),
                    counters.count(Kind.TIMEOUT) + counters.count(Kind.BROKEN));
        }
    }
}
