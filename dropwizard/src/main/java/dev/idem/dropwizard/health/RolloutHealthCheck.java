package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.StoredRollout;
import java.time.Duration;

/** Whether this node applies the current rollout. */
public final class RolloutHealthCheck extends HealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final LiveRollout rollout;

    public RolloutHealthCheck(LiveRollout rollout) {
        this.rollout = rollout;
    }

    @Override
    protected Result check() {
        Duration age = rollout.age();
        if (age.compareTo(PATIENCE) > 0) {
            return Degraded.because("The rollout was last read from PostgreSQL " + age.toSeconds()
                    + " s ago; that version still applies");
        }
        return rollout.stored()
                .flatMap(StoredRollout::unreadable)
                .map(why -> Degraded.because(why + " Until then this node keeps the rollout that it had."))
                .orElseGet(Result::healthy);
    }
}
