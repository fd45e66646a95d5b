package dev.idem.dropwizard.health;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Prometheus reads, with all kinds of names in an application. */
final class ShownMetricsTest {
    private final MetricRegistry application = new MetricRegistry();
    private final PrometheusRegistry layer = new PrometheusRegistry();
    private final ShownMetrics shown = new ShownMetrics(layer, application);

    private String text() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        PrometheusTextFormatWriter.create().write(text, shown.collect());
        return text.toString(StandardCharsets.UTF_8);
    }

    @Test
    void theFirstOfTwoWithOneNameIsShown() throws IOException {
        application.counter("payments.total").inc(3);
        application.timer("payments");
        application.meter("orders").mark(2);
        application.counter("orders.total");
        application.histogram("size");
        application.register("size.count", (Gauge<Integer>) () -> 9);
        application.counter("a.b");
        application.counter("a_b");

        assertThat(text())
                .contains("payments_total 3.0", "orders_total 0.0", "size_count 0", "a_b_total 0.0")
                .doesNotContain("payments_count", "orders_total 2.0", "size_count 9");
        assertThat(text()).contains("payments_total 3.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"idempotency.waits", "idempotency.wait.count", "idempotency_wait_bucket", "idempotency.wait"})
    void noNameOfTheLayerIsTaken(String name) throws IOException {
        Counter.builder().name("idempotency_waits_total").register(layer).inc(5);
        Histogram.builder().name("idempotency_wait").register(layer).observe(1);
        application.register(name, (Gauge<Integer>) () -> 42);

        assertThat(text())
                .contains("idempotency_waits_total 5.0", "idempotency_wait_count 1")
                .doesNotContain("42");
    }

    @Test
    void whatFailsOrIsNoNumberHidesNothing() throws IOException {
        application.register("fails", (Gauge<Integer>) () -> {
            throw new IllegalStateException();
        });
        application.register("words", (Gauge<String>) () -> "none");
        application.counter("words.total").inc();
        application.counter("");
        application.register("größe", (Gauge<Integer>) () -> 8);
        application.register("idempotency.orders", (Gauge<Integer>) () -> 7);

        assertThat(text())
                .contains("words_total 1.0", "idempotency_orders 7.0", "gr__e 8.0")
                .doesNotContain("fails");
    }
}
