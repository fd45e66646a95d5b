package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.probe.PostgresRights;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Whether PostgreSQL takes writes, as the engine's last probe has seen it, and gives all the rights that the layer needs. */
public final class PostgresHealthCheck extends HealthCheck {
    private final Supplier<EngineStatus> status;
    private final PostgresRights rights;

    /** @param rights asked only while PostgreSQL takes writes */
    public PostgresHealthCheck(Supplier<EngineStatus> status, PostgresRights rights) {
        this.status = status;
        this.rights = rights;
    }

    @Override
    protected Result check() {
        Optional<StoreUnavailableException> failure = status.get().postgres().failure();
        if (failure.isPresent()) {
            return Degraded.because("PostgreSQL", failure.get());
        }
        try {
            List<String> lacking = rights.lacking();
            return lacking.isEmpty()
                    ? Result.healthy()
                    : Degraded.because("The user in database.url (DATABASE_URL) lacks " + String.join(", ", lacking)
                            + ": GRANT these.");
        } catch (StoreUnavailableException e) {
            return e.isBusy() ? Result.healthy(e.why()) : Degraded.because("PostgreSQL", e);
        }
    }
}
