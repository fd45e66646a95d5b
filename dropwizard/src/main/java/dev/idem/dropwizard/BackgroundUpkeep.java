package dev.idem.dropwizard;

import dev.idem.core.background.PeriodicTask;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.metrics.RecordCountGauge;
import dev.idem.postgres.ExpiredRecordSweeper;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes expired records and counts stale and held ones, while the application runs. */
final class BackgroundUpkeep implements Managed {
    private static final Logger log = LoggerFactory.getLogger(BackgroundUpkeep.class);

    private final ExpiredRecordSweeper sweeper;
    private final List<RecordCountGauge> counts;
    private final ScheduledExecutorService executor;

    BackgroundUpkeep(ExpiredRecordSweeper sweeper, List<RecordCountGauge> counts, LifecycleEnvironment lifecycle) {
        this.sweeper = sweeper;
        this.counts = List.copyOf(counts);
        this.executor = lifecycle
                .scheduledExecutorService("idempotency-background", true)
                .build();
    }

    @Override
    public void start() {
        // Starts at a random moment, so that nodes started together do not sweep together.
        Duration pause = ExpiredRecordSweeper.USUAL_PAUSE;
        Duration first = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis()));
        new PeriodicTask(executor).repeat("deleting expired records", first, pause, this::sweep);
        counts.forEach(gauge -> gauge.start(executor));
    }

    private void sweep() {
        try {
            sweeper.sweep();
        } catch (StoreUnavailableException e) {
            log.warn("expired records are not deleted, next attempt in a minute: {}", e.getMessage());
        }
    }
}
