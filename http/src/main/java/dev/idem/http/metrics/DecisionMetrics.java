package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Counts decisions. Label lookups are cached for each kind of request. Thread-safe. */
final class DecisionMetrics {
    private final MetricRegistry dropwizard;
    private final Counter requests;
    private final Counter shadowed;
    private final Counter duplicatesPrevented;
    private final Map<Kind, Counts> decided = new ConcurrentHashMap<>();
    private final Map<Kind, Counts> inShadow = new ConcurrentHashMap<>();

    private record Kind(String route, Layer layer, Outcome outcome) {}

    private record Counts(
            CounterDataPoint labelled,
            com.codahale.metrics.Counter plain,
            @Nullable Counts also) {

        void increase() {
            labelled.inc();
            plain.inc();
            if (also != null) {
                also.increase();
            }
        }
    }

    DecisionMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.dropwizard = dropwizard;
        this.requests = Counter.builder()
                .name("idempotency_requests_total")
                .help("Requests to protected routes, by outcome")
                .labelNames("layer", "outcome", "route")
                .register(prometheus);
        this.shadowed = Counter.builder()
                .name("idempotency_shadow_total")
                .help("Requests in shadow, by the outcome they would have had")
                .labelNames("layer", "outcome", "route")
                .register(prometheus);
        this.duplicatesPrevented = Counter.builder()
                .name("idempotency_duplicates_prevented_total")
                .help("Repeats that did not take effect again")
                .labelNames("layer", "route")
                .register(prometheus);
    }

    void routeAdded(String route) {
        for (Outcome outcome : Outcome.values()) {
            requests.initLabelValues(Layer.KEY.label(), outcome.label(), route);
        }
        duplicatesPrevented.initLabelValues(Layer.KEY.label(), route);
    }

    void decided(String route, Layer layer, Outcome outcome) {
        count(decided, new Kind(route, layer, outcome), this::ofDecided);
    }

    void shadowed(String route, Layer layer, Outcome outcome) {
        count(inShadow, new Kind(route, layer, outcome), this::ofShadowed);
    }

    private static void count(Map<Kind, Counts> known, Kind kind, Function<Kind, Counts> first) {
        @Nullable Counts counts = known.get(kind);
        (counts == null ? known.computeIfAbsent(kind, first) : counts).increase();
    }

    private Counts ofDecided(Kind kind) {
        return new Counts(
                labelled(requests, kind),
                plain("requests." + kind.outcome().label()),
                kind.outcome().preventedDuplicate() ? ofPrevented(kind) : null);
    }

    private Counts ofPrevented(Kind kind) {
        return new Counts(
                duplicatesPrevented.labelValues(kind.layer().label(), kind.route()),
                plain("duplicates-prevented"),
                null);
    }

    private Counts ofShadowed(Kind kind) {
        return new Counts(
                labelled(shadowed, kind), plain("shadow." + kind.outcome().label()), null);
    }

    private static CounterDataPoint labelled(Counter counter, Kind kind) {
        return counter.labelValues(kind.layer().label(), kind.outcome().label(), kind.route());
    }

    private com.codahale.metrics.Counter plain(String name) {
        return dropwizard.counter(IdempotencyMetrics.PREFIX + name);
    }
}
