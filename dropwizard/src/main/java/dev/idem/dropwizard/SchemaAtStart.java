package dev.idem.dropwizard;

import dev.idem.dropwizard.health.SchemaHealthCheck;
import dev.idem.postgres.schema.SchemaException;
import io.dropwizard.lifecycle.Managed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no application start without the tables that the layer needs: each of its requests would fail. It looks when everything else
 * is wired, because {@code Application.run} may migrate.
 */
final class SchemaAtStart implements Managed {
    private static final Logger log = LoggerFactory.getLogger(SchemaAtStart.class);

    private final SchemaHealthCheck schema;

    SchemaAtStart(SchemaHealthCheck schema) {
        this.schema = schema;
    }

    /** @throws IllegalStateException if the schema is behind; if the database is unavailable, the application starts */
    @Override
    public void start() {
        try {
            schema.behind().ifPresent(why -> {
                throw new IllegalStateException(
                        why
                                + ". An application that migrates by itself calls new Schema(database).update() before it starts.");
            });
        } catch (SchemaException e) {
            log.warn("The schema is checked as soon as PostgreSQL is available: {}", e.getMessage());
        }
    }
}
