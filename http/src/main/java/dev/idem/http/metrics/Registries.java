package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * Where metrics are shown: with labels for Prometheus, and as plain names that begin with {@link IdempotencyMetrics#PREFIX}
 * for Dropwizard.
 */
record Registries(PrometheusMetrics prometheus, PlainMetrics dropwizard) {
    private static final double NANOS = 1e9;

    Registries(PrometheusMetrics prometheus, MetricRegistry dropwizard) {
        this(prometheus, new PlainMetrics(dropwizard));
    }

    /** A gauge in both registries, whose value is read each time that they are read. */
    void gauge(String name, String plainName, String help, Supplier<? extends Number> value) {
        prometheus.gauge(name, help, value);
        dropwizard.gauge(plainName, value);
    }

    /** A counter of Dropwizard. */
    com.codahale.metrics.Counter plain(String name) {
        return dropwizard.counter(name);
    }

    /** Adds to a timer of Dropwizard. */
    void time(String plainName, Duration took) {
        dropwizard.timer(plainName).update(took);
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / NANOS;
    }
}
