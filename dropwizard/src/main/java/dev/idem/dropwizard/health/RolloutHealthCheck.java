package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.rollout.LiveRollout;
import java.time.Duration;

/** This node knows for whom the layer works: it has not missed what an operator has changed. */
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
                : Result.unhealthy(
                        "PostgreSQL has not said for %d s for whom the layer works; what was known last holds",
                        age.toSeconds());
    }
}
