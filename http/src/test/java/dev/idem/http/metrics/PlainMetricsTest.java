package dev.idem.http.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import org.junit.jupiter.api.Test;

/** The layer's metrics beside an application's in Dropwizard's registry. */
final class PlainMetricsTest {
    private final MetricRegistry registry = new MetricRegistry();
    private final PlainMetrics metrics = new PlainMetrics(registry);

    @Test
    void theLayersMetricsAreThereOnce() {
        metrics.counter("fenced").inc();
        metrics.counter("fenced").inc();
        metrics.gauge("in-flight", () -> 5);

        assertThat(registry.counter("idempotency.fenced").getCount()).isEqualTo(2);
        assertThat(registry.gauge("idempotency.in-flight").getValue()).isEqualTo(5);
        assertThat(registry.getMetrics().values()).allMatch(PlainMetrics::isOurs);
    }

    @Test
    void theApplicationsMetricOfTheSameNameStays() {
        Timer timer = registry.timer("idempotency.fenced");
        Counter own = registry.counter("idempotency.wait");
        Counter gauge = registry.counter("idempotency.in-flight");

        metrics.counter("fenced").inc();
        metrics.timer("wait").update(java.time.Duration.ofSeconds(1));
        metrics.gauge("in-flight", () -> 5);

        assertThat(registry.getMetrics().values()).containsExactlyInAnyOrder(timer, own, gauge);
        assertThat(own.getCount()).isZero();
        assertThat(registry.getMetrics().values()).noneMatch(PlainMetrics::isOurs);
    }
}
