package dev.idem.http;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.RecordAdministration;
import dev.idem.http.completion.LeaseCompletion;
import dev.idem.http.decision.RouteRules;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;

/**
 * What all routes of an application share.
 *
 * @param engine started and stopped with the application
 * @param rollout for whom the layer is active
 * @param describedBy where repeats are documented, a URI; empty for nowhere
 * @param listener told of each decision
 * @param records the stores' records, to resolve held requests
 * @param tracing makes spans, if configured
 * @param memory bounds the bodies that are buffered
 * @param prometheus the registry of Prometheus metrics
 */
public record IdempotencyRuntime(
        IdempotencyEngine engine,
        LiveRollout rollout,
        Optional<String> describedBy,
        DecisionListener listener,
        List<RecordAdministration> records,
        Tracing tracing,
        BodyMemory memory,
        PrometheusRegistry prometheus) {

    public IdempotencyRuntime {
        records = List.copyOf(records);
    }

    /** The rules of one route; see {@link RouteRules#RouteRules} for the parameters. */
    public RouteRules rules(String route, boolean anonymous, RoutePolicy policy) {
        listener.routeAdded(route);
        return new RouteRules(route, anonymous, policy, rollout, engine, listener, tracing);
    }

    /** The end of the requests of a route with this policy. */
    public LeaseCompletion completion(RoutePolicy policy) {
        return new LeaseCompletion(engine, tracing, policy);
    }
}
