package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.journal.recovery.RecoveryListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;

/** Measures how this node recovers journals from Redis. Thread-safe. */
final class RecoveryMetrics implements RecoveryListener {
    private final MetricRegistry dropwizard;
    private final Counter dead;
    private final Counter keys;
    private final Counter copied;
    private final Counter completed;
    private final Counter failures;

    RecoveryMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.dropwizard = dropwizard;
        this.dead = Counter.builder()
                .name("idempotency_journal_dead_nodes_total")
                .help("Nodes without a heartbeat that this node has found")
                .register(prometheus);
        this.keys = Counter.builder()
                .name("idempotency_journal_recovery_keys_total")
                .help("Keys of Redis that this node has scanned to recover journals")
                .register(prometheus);
        this.copied = Counter.builder()
                .name("idempotency_journal_recovery_copied_total")
                .help("Records that this node has copied from Redis to PostgreSQL to recover journals")
                .register(prometheus);
        this.completed = Counter.builder()
                .name("idempotency_journal_recoveries_total")
                .help("Scans of Redis that this node has completed to recover journals")
                .register(prometheus);
        this.failures = Counter.builder()
                .name("idempotency_journal_recovery_failures_total")
                .help("Times that such a scan failed; it continues where it was")
                .register(prometheus);
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
        dropwizard.timer(IdempotencyMetrics.PREFIX + "journal.recovery").update(took);
    }

    @Override
    public void recoveryFailed() {
        failures.inc();
    }
}
