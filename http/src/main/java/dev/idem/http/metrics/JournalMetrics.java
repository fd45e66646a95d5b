package dev.idem.http.metrics;

import dev.idem.core.journal.JournalListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import java.time.Duration;
import java.util.function.Supplier;

/** Measures the journal, by which PostgreSQL follows Redis. Thread-safe. */
final class JournalMetrics implements JournalListener {
    private static final double[] DELAY_SECONDS = {
        .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
    };

    private final Registries registries;
    private final Histogram delay;
    private final Counter written;
    private final Counter dropped;

    JournalMetrics(Registries registries) {
        this.registries = registries;
        this.delay = registries
                .prometheus()
                .histogram(
                        "idempotency_journal_delay_seconds",
                        "Age of a batch's oldest entry when the batch became durable",
                        DELAY_SECONDS);
        this.written =
                registries.prometheus().counter("idempotency_journal_written_total", "Entries written to PostgreSQL");
        this.dropped = registries
                .prometheus()
                .counter(
                        "idempotency_journal_dropped_total",
                        "Entries dropped because the queue was full; PostgreSQL gets their records from Redis later");
    }

    void watch(Supplier<Duration> lag, Supplier<Integer> depth) {
        registries.gauge(
                "idempotency_journal_lag_seconds",
                "journal.lag",
                "Age of the oldest entry that is not in PostgreSQL yet",
                () -> Registries.seconds(lag.get()));
        registries.gauge(
                "idempotency_journal_queue_depth",
                "journal.depth",
                "Records waiting to be written to PostgreSQL",
                depth);
    }

    @Override
    public void written(int entries, Duration took) {
        written.inc(entries);
        delay.observe(Registries.seconds(took));
        registries.plain("journal.written").inc(entries);
        registries.time("journal.delay", took);
    }

    @Override
    public void dropped(int entries) {
        dropped.inc(entries);
        registries.plain("journal.dropped").inc(entries);
    }
}
