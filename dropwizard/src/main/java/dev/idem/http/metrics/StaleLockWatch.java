package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.StaleLockCount;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how many locks have dead owners, as PostgreSQL knows them. Counted by each node every 15 seconds, so that whoever
 * reads the metrics costs nothing, and no node is missed when it dies. Not a number while it cannot be counted. Thread-safe.
 */
public final class StaleLockWatch implements Managed {
    private static final Logger log = LoggerFactory.getLogger(StaleLockWatch.class);
    private static final Duration INTERVAL = Duration.ofSeconds(15);

    private final StaleLockCount locks;
    private final ScheduledExecutorService rounds;
    private volatile double stale = Double.NaN;

    /** @param rounds ended by whoever has made it */
    public StaleLockWatch(
            StaleLockCount locks,
            ScheduledExecutorService rounds,
            PrometheusRegistry prometheus,
            MetricRegistry dropwizard) {
        this.locks = locks;
        this.rounds = rounds;
        GaugeWithCallback.builder()
                .name("idempotency_stale_locks")
                .help("Records in PostgreSQL whose owners are dead and which nobody has taken over, "
                        + StaleLockCount.LIMIT + " at the most; NaN while PostgreSQL cannot be asked")
                .callback(gauge -> gauge.call(stale))
                .register(prometheus);
        dropwizard.registerGauge(IdempotencyMetrics.PREFIX + "stale-locks", () -> stale);
    }

    @Override
    public void start() {
        new PeriodicTask(rounds).repeat("counting stale locks", Duration.ZERO, INTERVAL, this::count);
    }

    private void count() {
        double counted = Double.NaN;
        try {
            counted = locks.count();
        } catch (StoreUnavailableException e) {
            log.debug("stale locks are not counted: {}", e.getMessage());
        } finally {
            stale = counted;
        }
    }
}
