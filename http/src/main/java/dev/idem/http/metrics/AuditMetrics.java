package dev.idem.http.metrics;

import dev.idem.core.event.AuditListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.IntSupplier;

/** Counts the audit trail's events. Thread-safe. */
public final class AuditMetrics implements AuditListener {
    private final PrometheusMetrics prometheus;
    private final Counter written;
    private final Counter dropped;

    public AuditMetrics(PrometheusRegistry prometheus) {
        this.prometheus = new PrometheusMetrics(prometheus);
        this.written = this.prometheus.counter(
                "idempotency_events_written_total", "Events that this node has written to the audit trail");
        this.dropped = this.prometheus.counter(
                "idempotency_events_dropped_total",
                "Events missing from the audit trail: the queue was full, or the database refused them");
    }

    /** Shows how many events wait; call it once. */
    public void watch(IntSupplier depth) {
        prometheus.gauge(
                "idempotency_events_queued",
                "Events of this node waiting to be written to the audit trail",
                depth::getAsInt);
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
