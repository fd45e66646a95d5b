package dev.idem.http.decision;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.RecordAdministration;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.http.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;

/**
 * What all routes of an application have in common.
 *
 * @param engine running from the application's start to its end
 * @param rollout for whom the layer works
 * @param describedBy where repeats are described, a URI; empty for nowhere
 * @param listener learns what is decided
 * @param records what the stores keep, for those who find out what became of a request
 * @param tracing makes spans, if any are wanted
 * @param memory what requests and answers are held in
 * @param prometheus where metrics for Prometheus are registered
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

    /** The rules of one route, as {@link RouteRules} takes them. */
    public RouteRules rules(String route, boolean anonymous, RoutePolicy policy) {
        listener.routeAdded(route);
        return new RouteRules(route, anonymous, policy, rollout, engine, listener, tracing);
    }

    public LeaseCompletion settlements() {
        return new LeaseCompletion(engine, tracing);
    }
}
