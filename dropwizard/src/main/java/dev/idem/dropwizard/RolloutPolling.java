package dev.idem.dropwizard;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.rollout.LiveRollout;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the rollout from PostgreSQL periodically, the first time before the first request. */
final class RolloutPolling implements Managed {
    private static final Logger log = LoggerFactory.getLogger(RolloutPolling.class);

    private final LiveRollout rollout;
    private final ScheduledExecutorService executor;

    RolloutPolling(LiveRollout rollout, LifecycleEnvironment lifecycle) {
        this.rollout = rollout;
        this.executor =
                lifecycle.scheduledExecutorService("idempotency-rollout", true).build();
    }

    @Override
    public void start() {
        readFirst();
        new PeriodicTask(executor)
                .repeat("reading the rollout", LiveRollout.INTERVAL, LiveRollout.INTERVAL, rollout::refresh);
    }

    private void readFirst() {
        try {
            rollout.refresh();
        } catch (RuntimeException e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("cannot read the rollout; the configured one applies until the next attempt", e);
        }
    }
}
