package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.store.StoreUnavailableException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how many records of a kind PostgreSQL has. Each node counts them every 15 seconds, so that a scrape costs nothing and a
 * dead node leaves no gap. Not a number while PostgreSQL is unavailable. Thread-safe.
 */
public final class RecordCountGauge {
    private static final Logger log = LoggerFactory.getLogger(RecordCountGauge.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final Kind kind;
    private final IntSupplier count;
    private volatile double counted = Double.NaN;
    private boolean failing; // only the counting thread uses it

    /** What is counted. */
    public enum Kind {
        /** Records whose owner has died. */
        STALE(
                "idempotency_stale_locks",
                "stale-locks",
                "Stale records in PostgreSQL that no other owner has taken over"),
        /** Records whose outcome nobody knows. */
        HELD("idempotency_held_keys", "held-keys", "Keys in PostgreSQL that are held because nobody knows the outcome");

        private final String prometheus;
        private final String dropwizard;
        private final String help;

        Kind(String prometheus, String dropwizard, String help) {
            this.prometheus = prometheus;
            this.dropwizard = dropwizard;
            this.help = help;
        }
    }

    /**
     * @param count asks PostgreSQL; may throw {@link StoreUnavailableException}
     * @param limit the most that it counts
     */
    public RecordCountGauge(
            Kind kind, IntSupplier count, int limit, PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.kind = kind;
        this.count = count;
        new Registries(new PrometheusMetrics(prometheus), dropwizard)
                .gauge(
                        kind.prometheus,
                        kind.dropwizard,
                        kind.help + ", " + limit + " at the most; NaN while PostgreSQL is unavailable",
                        () -> counted);
    }

    /** Counts from now on, until the executor is shut down. */
    public void start(ScheduledExecutorService executor) {
        new PeriodicTask(executor).repeat("counting " + kind.dropwizard, Duration.ZERO, INTERVAL, this::update);
    }

    private void update() {
        double now = Double.NaN;
        try {
            now = count.getAsInt();
            failing = false;
        } catch (StoreUnavailableException e) {
            if (!failing) {
                log.warn("{} are not counted: {}", kind.dropwizard, e.getMessage());
            }
            failing = true;
        } finally {
            counted = now;
        }
    }
}
