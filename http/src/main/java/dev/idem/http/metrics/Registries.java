package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where metrics are shown: with labels for Prometheus, and as plain names that begin with {@link IdempotencyMetrics#PREFIX}
 * for Dropwizard.
 */
record Registries(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
    private static final double NANOS = 1e9;

    /** A counter of Prometheus. Without labels it exists at once, with 0. */
    Counter counter(String name, String help, String... labels) {
        return Counter.builder().name(name).help(help).labelNames(labels).register(prometheus);
    }

    /** A gauge of Prometheus, whose value is read at each scrape. */
    void gauge(String name, String help, Supplier<? extends Number> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(gauge -> gauge.call(value.get().doubleValue()))
                .register(prometheus);
    }

    /** The same in both registries. */
    void gauge(String name, String plainName, String help, Supplier<? extends Number> value) {
        gauge(name, help, value);
        dropwizard.registerGauge(IdempotencyMetrics.PREFIX + plainName, value::get);
    }

    /** A counter of Dropwizard. */
    com.codahale.metrics.Counter plain(String name) {
        return dropwizard.counter(IdempotencyMetrics.PREFIX + name);
    }

    /** Adds to a timer of Dropwizard. */
    void time(String plainName, Duration took) {
        dropwizard.timer(IdempotencyMetrics.PREFIX + plainName).update(took);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
