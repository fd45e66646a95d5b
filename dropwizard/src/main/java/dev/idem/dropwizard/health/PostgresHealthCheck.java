package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;

/** Whether PostgreSQL is available. */
public final class PostgresHealthCheck extends HealthCheck {
    private final IdempotencyStore postgres;

    public PostgresHealthCheck(IdempotencyStore postgres) {
        this.postgres = postgres;
    }

    @Override
    protected Result check() {
        try {
            postgres.ping();
            return Result.healthy();
        } catch (StoreUnavailableException e) {
            return Degraded.because("PostgreSQL is unavailable (" + e.getMessage() + ")");
        }
    }
}
