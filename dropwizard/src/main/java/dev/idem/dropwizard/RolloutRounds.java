package dev.idem.dropwizard;

import dev.idem.core.rollout.LiveRollout;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks again and again for whom the layer works, the first time before any request comes. */
final class RolloutRounds implements Managed {
    private static final Logger log = LoggerFactory.getLogger(RolloutRounds.class);

    private final LiveRollout rollout;
    private final ScheduledExecutorService rounds;

    RolloutRounds(LiveRollout rollout, LifecycleEnvironment lifecycle) {
        this.rollout = rollout;
        this.rounds =
                lifecycle.scheduledExecutorService("idempotency-rollout", true).build();
    }

    @Override
    public void start() {
        round();
        long interval = LiveRollout.INTERVAL.toMillis();
        var unused = rounds.scheduleWithFixedDelay(this::round, interval, interval, TimeUnit.MILLISECONDS);
    }

    private void round() {
        try {
            rollout.refresh();
        } catch (RuntimeException e) {
            // Thrown on, it would silently end all further rounds.
            log.error("the roll-out stays as it is; the next round is due", e);
        }
    }
}
