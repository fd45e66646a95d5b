package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.rollout.LiveRollout;
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
        return age.compareTo(PATIENCE) <= 0
                ? Result.healthy()
                : Degraded.because("The rollout was last read from PostgreSQL " + age.toSeconds()
                        + " s ago; that version still applies");
    }
}
