package dev.idem.dropwizard;

import dev.idem.core.background.Maimed;
import dev.idem.core.background.Rounds;
import dev.idem.core.rollout.LiveRollout;
import io.dropwizard.lifecycle.Managed;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.concurrent.ScheduledExecutorService;
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
        first();
        new Rounds(rounds).repeat("the roll-out", LiveRollout.INTERVAL, LiveRollout.INTERVAL, rollout::refresh);
    }

    private void first() {
        try {
            rollout.refresh();
        } catch (RuntimeException e) {
            Maimed.haltAfter(e);
            log.error("the roll-out stays as it is; the next round is due", e);
        }
    }
}
