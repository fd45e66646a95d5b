package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.failover.FailoverListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows which store is authoritative, and the progress of a failback. Thread-safe. */
final class FailoverMetrics implements FailoverListener {
    private final MetricRegistry dropwizard;
    private final PrometheusRegistry prometheus;
    private final Gauge refilled;
    private final Counter refills;

    FailoverMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.dropwizard = dropwizard;
        this.prometheus = prometheus;
        this.refilled = Gauge.builder()
                .name("idempotency_refill_records")
                .help("Records that this node's current or last failback copied to Redis")
                .register(prometheus);
        this.refills = Counter.builder()
                .name("idempotency_refills_total")
                .help("Failbacks to Redis that this node completed")
                .register(prometheus);
    }

    /** Shows whether Redis is authoritative; call it once. */
    void watch(Supplier<EngineStatus> status) {
        GaugeWithCallback.builder()
                .name("idempotency_redis_trusted")
                .help("1 while Redis is authoritative, 0 while PostgreSQL is because Redis may lack records")
                .callback(gauge -> gauge.call(status.get().redisTrusted() ? 1 : 0))
                .register(prometheus);
    }

    @Override
    public void refilling(long records) {
        refilled.set((double) records);
    }

    @Override
    public void refilled(long records, Duration took) {
        refilled.set((double) records);
        refills.inc();
        dropwizard.timer(IdempotencyMetrics.PREFIX + "refill").update(took);
    }
}
