package dev.idem.dropwizard;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.PeriodicTask;
import dev.idem.core.rollout.LiveRollout;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again and again for whom the layer works, the first time before any request comes. */
final class RolloutPolling implements Managed {
    private static final Logger log = LoggerFactory.getLogger(RolloutPolling.class);

    private final LiveRollout rollout;
    private final ScheduledExecutorService rounds;

    RolloutPolling(LiveRollout rollout, LifecycleEnvironment lifecycle) {
        this.rollout = rollout;
        this.rounds =
                lifecycle.scheduledExecutorService("idempotency-rollout", true).build();
    }

    @Override
    public void start() {
        first();
        new PeriodicTask(rounds).repeat("the roll-out", LiveRollout.INTERVAL, LiveRollout.INTERVAL, rollout::refresh);
    }

    private void first() {
        try {
            rollout.refresh();
        } catch (RuntimeException e) {
            OutOfMemoryExit.haltAfter(e);
            log.error("the roll-out stays as it is; the next round is due", e);
        }
    }
}
