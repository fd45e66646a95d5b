package dev.idem.http.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.ExponentiallyDecayingReservoir;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Reservoir;
import com.codahale.metrics.Timer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The layer's metrics in Dropwizard's registry, whose names begin with {@link IdempotencyMetrics#PREFIX}. Where the application has a
 * metric of the same name, the application's stays, and the layer's is not in that registry. Thread-safe.
 */
public final class PlainMetrics {
    private static final Logger log = LoggerFactory.getLogger(PlainMetrics.class);

    private final MetricRegistry registry;
    private final ConcurrentMap<String, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, Timer> timers = new ConcurrentHashMap<>();

    PlainMetrics(MetricRegistry registry) {
        this.registry = registry;
    }

    private interface Ours extends Metric {}

    private static final class OurCounter extends Counter implements Ours {}

    private static final class OurTimer extends Timer implements Ours {
        OurTimer(Reservoir reservoir) {
            super(reservoir);
        }
    }

    private record OurGauge(Supplier<? extends Number> value) implements Gauge<Number>, Ours {
        @Override
        public Number getValue() {
            return value.get();
        }
    }

    /** Whether a metric of Dropwizard's registry is the layer's. */
    public static boolean isOurs(Metric metric) {
        return metric instanceof Ours;
    }

    /** @param value read each time that the registry is read */
    void gauge(String name, Supplier<? extends Number> value) {
        add(name, new OurGauge(value));
    }

    Counter counter(String name) {
        return counters.computeIfAbsent(name, missing -> add(missing, new OurCounter()));
    }

    Timer timer(String name) {
        return timer(name, ExponentiallyDecayingReservoir::new);
    }

    /** @param reservoir of a timer that is not there yet */
    Timer timer(String name, Supplier<Reservoir> reservoir) {
        return timers.computeIfAbsent(name, missing -> add(missing, new OurTimer(reservoir.get())));
    }

    private <M extends Metric> M add(String name, M metric) {
        String full = IdempotencyMetrics.PREFIX + name;
        try {
            registry.register(full, metric);
        } catch (IllegalArgumentException taken) {
            log.warn(
                    "the metric {} is the application's own; the layer's metric of this name is only shown to Prometheus",
                    full);
        }
        return metric;
    }
}
