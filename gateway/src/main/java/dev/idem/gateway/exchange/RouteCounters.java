package dev.idem.gateway.exchange;

import dev.idem.core.record.RecordId;
import dev.idem.gateway.upstream.UpstreamFailure;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the outcomes of a route's requests since it was added. Thread-safe. */
public final class RouteCounters implements DecisionListener {
    private final String prefix;
    private final DecisionListener next;
    private final GatewayMetrics metrics;
    private final Map<Outcome, LongAdder> outcomes = adders(Outcome.class);
    private final Map<UpstreamFailure.Kind, LongAdder> failures = adders(UpstreamFailure.Kind.class);
    private final LongAdder passed = new LongAdder();
    private volatile boolean used;

    /** @param next receives each decision, too */
    RouteCounters(String prefix, DecisionListener next, GatewayMetrics metrics) {
        this.prefix = prefix;
        this.next = next;
        this.metrics = metrics;
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        add(outcomes, outcome);
        next.decided(route, layer, outcome);
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        next.shadowed(route, layer, outcome);
    }

    @Override
    public void concerned(RecordId id, String route, Layer layer, Outcome outcome) {
        next.concerned(id, route, layer, outcome);
    }

    @Override
    public void routeAdded(String route) {
        next.routeAdded(route);
    }

    @Override
    public void routeUsed(String route) {
        noteFirstUse();
        next.routeUsed(route);
    }

    private void noteFirstUse() {
        if (!used) {
            used = true;
            metrics.routeUsed(prefix);
        }
    }

    void passed() {
        noteFirstUse();
        passed.increment();
        metrics.passed(prefix);
    }

    void failed(UpstreamFailure.Kind kind) {
        add(failures, kind);
        metrics.failed(prefix, kind);
    }

    public long count(Outcome outcome) {
        return sum(outcomes, outcome);
    }

    public long count(UpstreamFailure.Kind failure) {
        return sum(failures, failure);
    }

    /** Requests of methods that are not protected. */
    public long passedThrough() {
        return passed.sum();
    }

    private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> of) {
        Map<E, LongAdder> adders = new EnumMap<>(of);
        for (E each : of.getEnumConstants()) {
            adders.put(each, new LongAdder());
        }
        return adders;
    }

    private static <E extends Enum<E>> void add(Map<E, LongAdder> adders, E of) {
        LongAdder adder = adders.get(of);
        if (adder != null) {
            adder.increment();
        }
    }

    private static <E extends Enum<E>> long sum(Map<E, LongAdder> adders, E of) {
        LongAdder adder = adders.get(of);
        return adder == null ? 0 : adder.sum();
    }
}
