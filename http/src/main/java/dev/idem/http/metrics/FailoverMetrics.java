package dev.idem.http.metrics;

import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.failover.FailoverListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows which store is authoritative, and the progress of a failback. Thread-safe. */
final class FailoverMetrics implements FailoverListener {
    private final Registries registries;
    private final Gauge refilled;
    private final Counter refills;

    FailoverMetrics(Registries registries) {
        this.registries = registries;
        this.refilled = Gauge.builder()
                .name("idempotency_refill_records")
                .help("Records that this node's current or last failback copied to Redis")
                .register(registries.prometheus());
        this.refills = registries.counter("idempotency_refills_total", "Failbacks to Redis that this node completed");
    }

    /** Shows whether Redis is authoritative; call it once. */
    void watch(Supplier<EngineStatus> status) {
        registries.gauge(
                "idempotency_redis_trusted",
                "1 while Redis is authoritative, 0 while PostgreSQL is because Redis may lack records",
                () -> status.get().redisTrusted() ? 1 : 0);
    }

    @Override
    public void refilling(long records) {
        refilled.set((double) records);
    }

    @Override
    public void refilled(long records, Duration took) {
        refilled.set((double) records);
        refills.inc();
        registries.time("refill", took);
    }
}
