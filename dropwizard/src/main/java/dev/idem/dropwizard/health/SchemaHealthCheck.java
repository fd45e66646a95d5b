package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;

/** Whether the database's schema is current. */
public final class SchemaHealthCheck extends HealthCheck {
    private final Schema schema;
    private final String command;

    /** @param command what an operator runs when the schema is behind */
    public SchemaHealthCheck(Schema schema, String command) {
        this.schema = schema;
        this.command = command;
    }

    @Override
    protected Result check() {
        try {
            return schema.isCurrent()
                    ? Result.healthy()
                    : Result.unhealthy("The database's schema is behind; run: %s", command);
        } catch (SchemaException e) {
            return Result.unhealthy("%s", e.getMessage());
        }
    }
}
