package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;

/** {@link Readiness} among the health checks, so that an application's own {@code health} section can use it. */
public final class ReadinessHealthCheck extends HealthCheck {
    private final Readiness readiness;

    public ReadinessHealthCheck(Readiness readiness) {
        this.readiness = readiness;
    }

    @Override
    protected Result check() {
        return readiness.isReady()
                ? Result.healthy()
                : Degraded.because(String.join(" ", readiness.reasons().values()));
    }
}
