package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.journal.JournalListener;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/** Measures the journal, by which PostgreSQL follows Redis. Thread-safe. */
final class JournalMetrics implements JournalListener {
    private static final double NANOS = 1e9;
    private static final double[] DELAY_SECONDS = {
        .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60
    };

    private final PrometheusRegistry prometheus;
    private final MetricRegistry dropwizard;
    private final Histogram delay;
    private final Counter written;
    private final Counter dropped;

    JournalMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.prometheus = prometheus;
        this.dropwizard = dropwizard;
        this.delay = Histogram.builder()
                .name("idempotency_journal_delay_seconds")
                .help("Age of a batch's oldest entry when the batch became durable")
                .classicUpperBounds(DELAY_SECONDS)
                .register(prometheus);
        this.written = Counter.builder()
                .name("idempotency_journal_written_total")
                .help("Entries written to PostgreSQL")
                .register(prometheus);
        this.dropped = Counter.builder()
                .name("idempotency_journal_dropped_total")
                .help("Entries dropped because the queue was full; PostgreSQL gets their records from Redis later")
                .register(prometheus);
    }

    void watch(Supplier<Duration> lag, IntSupplier depth) {
        GaugeWithCallback.builder()
                .name("idempotency_journal_lag_seconds")
                .help("Age of the oldest entry that is not in PostgreSQL yet")
                .callback(gauge -> gauge.call(seconds(lag.get())))
                .register(prometheus);
        GaugeWithCallback.builder()
                .name("idempotency_journal_queue_depth")
                .help("Records waiting to be written to PostgreSQL")
                .callback(gauge -> gauge.call(depth.getAsInt()))
                .register(prometheus);
        dropwizard.registerGauge(IdempotencyMetrics.PREFIX + "journal.lag", () -> seconds(lag.get()));
        dropwizard.registerGauge(IdempotencyMetrics.PREFIX + "journal.depth", depth::getAsInt);
    }

    @Override
    public void written(int entries, Duration took) {
        written.inc(entries);
        delay.observe(seconds(took));
        dropwizard.counter(IdempotencyMetrics.PREFIX + "journal.written").inc(entries);
        dropwizard.timer(IdempotencyMetrics.PREFIX + "journal.delay").update(took);
    }

    @Override
    public void dropped(int entries) {
        dropped.inc(entries);
        dropwizard.counter(IdempotencyMetrics.PREFIX + "journal.dropped").inc(entries);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
