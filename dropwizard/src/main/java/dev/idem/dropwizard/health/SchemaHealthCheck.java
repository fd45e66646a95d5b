package dev.idem.dropwizard.health;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;

/** Whether the database's schema is current. */
public final class SchemaHealthCheck extends HealthCheck {
    private final Schema schema;

    public SchemaHealthCheck(Schema schema) {
        this.schema = schema;
    }

    @Override
    protected Result check() {
        try {
            return schema.isCurrent()
                    ? Result.healthy()
                    : Result.unhealthy("The database's schema is behind; run: idem-admin migrate");
        } catch (SchemaException e) {
            return Result.unhealthy("%s", e.getMessage());
        }
    }
}
