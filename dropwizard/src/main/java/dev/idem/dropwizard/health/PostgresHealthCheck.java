package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.store.StoreUnavailableException;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether PostgreSQL takes writes, as the engine's last probe has seen it. */
public final class PostgresHealthCheck extends HealthCheck {
    private final Supplier<EngineStatus> status;

    public PostgresHealthCheck(Supplier<EngineStatus> status) {
        this.status = status;
    }

    @Override
    protected Result check() {
        Optional<StoreUnavailableException> failure = status.get().postgres().failure();
        return failure.map(why -> Degraded.because("PostgreSQL", why)).orElseGet(Result::healthy);
    }
}
