package dev.idem.http.metrics;

import dev.idem.core.event.AuditListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Counts the audit trail's events. Thread-safe. */
public final class AuditMetrics implements AuditListener {
    private final PrometheusRegistry prometheus;
    private final Counter written;
    private final Counter dropped;

    public AuditMetrics(PrometheusRegistry prometheus) {
        this.prometheus = prometheus;
        this.written = Counter.builder()
                .name("idempotency_events_written_total")
                .help("Events that this node has written to the audit trail")
                .register(prometheus);
        this.dropped = Counter.builder()
                .name("idempotency_events_dropped_total")
                .help("Events missing from the audit trail: the queue was full, or the database refused them")
                .register(prometheus);
    }

    /** Shows how many events wait; call it once. */
    public void watch(IntSupplier depth) {
        GaugeWithCallback.builder()
                .name("idempotency_events_queued")
                .help("Events of this node waiting to be written to the audit trail")
                .callback(gauge -> gauge.call(depth.getAsInt()))
                .register(prometheus);
    }

    @Override
    public void written(int events) {
        written.inc(events);
    }

    @Override
    public void dropped(int events) {
        dropped.inc(events);
    }
}
