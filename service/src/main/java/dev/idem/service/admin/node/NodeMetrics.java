package dev.idem.service.admin.node;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The layer's metrics, from the same registry that Prometheus reads, so that operators see equal values in both places.
 * Thread-safe; each call reads the current values.
 */
public final class NodeMetrics {
    private static final String REQUESTS = "idempotency_requests";
    private static final String STORE_OPERATION = "idempotency_store_operation_seconds";

    private final PrometheusRegistry registry;

    public NodeMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** The requests since the start, by the value of a label of {@code idempotency_requests}. */
    public SortedMap<String, Long> requestsBy(String label) {
        SortedMap<String, Long> counts = new TreeMap<>();
        counters(REQUESTS)
                .forEach(point ->
                        counts.merge(String.valueOf(point.getLabels().get(label)), (long) point.getValue(), Long::sum));
        return counts;
    }

    /** The sum of a counter over all its labels. */
    public long total(String counter) {
        return (long) counters(counter)
                .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
                .sum();
    }

    /** A gauge's value; empty if nothing has set it. */
    public OptionalDouble gauge(String name, String... labels) {
        return points(name, GaugeSnapshot.class)
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .filter(point -> point.getLabels().equals(Labels.of(labels)))
                .mapToDouble(GaugeSnapshot.GaugeDataPointSnapshot::getValue)
                .findFirst();
    }

    /** How long claims took since the start, by store. */
    public List<HistogramDataPointSnapshot> claims() {
        return points(STORE_OPERATION, HistogramSnapshot.class)
                .flatMap(snapshot -> snapshot.getDataPoints().stream())
                .filter(point -> "claim".equals(point.getLabels().get("operation"))
                        && "ok".equals(point.getLabels().get("outcome")))
                .toList();
    }

    private Stream<CounterSnapshot.CounterDataPointSnapshot> counters(String name) {
        return points(name, CounterSnapshot.class).flatMap(snapshot -> snapshot.getDataPoints().stream());
    }

    private <S> Stream<S> points(String name, Class<S> type) {
        return registry.scrape(name::equals).stream().filter(type::isInstance).map(type::cast);
    }
}
