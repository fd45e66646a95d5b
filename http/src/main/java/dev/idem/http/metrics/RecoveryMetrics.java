package dev.idem.http.metrics;

import dev.idem.core.journal.recovery.RecoveryListener;
import io.prometheus.metrics.core.metrics.Counter;
import java.time.Duration;

/** Measures how this node recovers journals from Redis. Thread-safe. */
final class RecoveryMetrics implements RecoveryListener {
    private final Registries registries;
    private final Counter dead;
    private final Counter keys;
    private final Counter copied;
    private final Counter completed;
    private final Counter failures;

    RecoveryMetrics(Registries registries) {
        this.registries = registries;
        this.dead = registries
                .prometheus()
                .counter("idempotency_journal_dead_nodes_total", "Nodes without a heartbeat that this node has found");
        this.keys = registries
                .prometheus()
                .counter(
                        "idempotency_journal_recovery_keys_total",
                        "Keys of Redis that this node has scanned to recover journals");
        this.copied = registries
                .prometheus()
                .counter(
                        "idempotency_journal_recovery_copied_total",
                        "Records that this node has copied from Redis to PostgreSQL to recover journals");
        this.completed = registries
                .prometheus()
                .counter(
                        "idempotency_journal_recoveries_total",
                        "Scans of Redis that this node has completed to recover journals");
        this.failures = registries
                .prometheus()
                .counter(
                        "idempotency_journal_recovery_failures_total",
                        "Times that such a scan failed; it continues where it was");
    }

    @Override
    public void nodesDied(int nodes) {
        dead.inc(nodes);
    }

    @Override
    public void recovering(int scanned, int written) {
        keys.inc(scanned);
        copied.inc(written);
    }

    @Override
    public void recovered(Duration took) {
        completed.inc();
        registries.time("journal.recovery", took);
    }

    @Override
    public void recoveryFailed() {
        failures.inc();
    }
}
