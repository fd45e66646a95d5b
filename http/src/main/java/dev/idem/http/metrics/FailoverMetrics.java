package dev.idem.http.metrics;

import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.failover.FailoverListener;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;
import java.util.function.Supplier;

/** Shows which store is authoritative, and the progress of a failback. Thread-safe. */
final class FailoverMetrics implements FailoverListener {
    private final Registries registries;
    private final Counter refills;
    private volatile long refilled;
    private volatile boolean foreign;

    FailoverMetrics(Registries registries) {
        this.registries = registries;
        registries
                .prometheus()
                .gauge(
                        "idempotency_refill_records",
                        "Records that this node's current or last failback copied to Redis",
                        () -> refilled);
        registries
                .prometheus()
                .gauge(
                        "idempotency_foreign_installation",
                        "1 while Redis belongs to another installation, and this node does without it",
                        () -> foreign ? 1 : 0);
        this.refills = registries
                .prometheus()
                .counter("idempotency_refills_total", "Failbacks to Redis that this node completed");
    }

    /** Shows whether Redis is authoritative; call it once. */
    void watch(Supplier<EngineStatus> status) {
        registries
                .prometheus()
                .gauge(
                        "idempotency_redis_trusted",
                        "1 while Redis is authoritative, 0 while PostgreSQL is because Redis may lack records",
                        () -> status.get().redisTrusted() ? 1 : 0);
    }

    @Override
    public void foreignStore(String why) {
        foreign = true;
    }

    @Override
    public void ownStore() {
        foreign = false;
    }

    @Override
    public void refilling(long records) {
        refilled = records;
    }

    @Override
    public void refilled(long records, Duration took) {
        refilled = records;
        refills.inc();
        registries.time("refill", took);
    }
}
