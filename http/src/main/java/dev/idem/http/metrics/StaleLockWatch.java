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
 * Shows how many stale leases PostgreSQL has. Each node counts them every 15 seconds, so that a scrape costs nothing and a
 * dead node leaves no gap. Not a number while PostgreSQL is unavailable. Thread-safe.
 */
public final class StaleLockWatch {
    private static final Logger log = LoggerFactory.getLogger(StaleLockWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final IntSupplier count;
    private volatile double stale = Double.NaN;

    /**
     * @param count asks PostgreSQL; may throw {@link StoreUnavailableException}
     * @param limit the most that it counts
     */
    public StaleLockWatch(IntSupplier count, int limit, PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.count = count;
        new Registries(new PrometheusMetrics(prometheus), dropwizard)
                .gauge(
                        "idempotency_stale_locks",
                        "stale-locks",
                        "Stale records in PostgreSQL that no other owner has taken over, " + limit
                                + " at the most; NaN while PostgreSQL is unavailable",
                        () -> stale);
    }

    /** Counts from now on, until the executor is shut down. */
    public void start(ScheduledExecutorService executor) {
        new PeriodicTask(executor).repeat("counting stale locks", Duration.ZERO, INTERVAL, this::update);
    }

    private void update() {
        double counted = Double.NaN;
        try {
            counted = count.getAsInt();
        } catch (StoreUnavailableException e) {
            log.debug("stale locks are not counted: {}", e.getMessage());
        } finally {
            stale = counted;
        }
    }
}
