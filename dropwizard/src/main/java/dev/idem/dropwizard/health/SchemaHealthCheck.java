package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;
import java.util.Optional;

/** Whether the database's schema is current. */
public final class SchemaHealthCheck extends HealthCheck {
    private final Schema schema;
    private final String command;

    /** @param command what an operator runs when the schema is behind */
    public SchemaHealthCheck(Schema schema, String command) {
        this.schema = schema;
        this.command = command;
    }

    /**
     * What an operator has to do; empty if the schema is current.
     *
     * @throws SchemaException if the database is unavailable
     */
    Optional<String> behind() {
        return schema.isCurrent() ? Optional.empty() : Optional.of("The database's schema is behind; run: " + command);
    }

    @Override
    protected Result check() {
        try {
            return behind().map(Result::unhealthy).orElseGet(Result::healthy);
        } catch (SchemaException e) {
            return Degraded.because(String.valueOf(e.getMessage()));
        }
    }
}
