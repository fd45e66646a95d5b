package dev.idem.dropwizard.health;

import dev.idem.postgres.schema.SchemaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes this node out while the database's schema is behind. A database that is unavailable changes nothing. */
public final class SchemaWatch {
    private static final Logger log = LoggerFactory.getLogger(SchemaWatch.class);

    private final SchemaHealthCheck schema;
    private final Readiness readiness;

    public SchemaWatch(SchemaHealthCheck schema, Readiness readiness) {
        this.schema = schema;
        this.readiness = readiness;
    }

    /** Looks once. Never throws because the database is unavailable. */
    public void look() {
        try {
            schema.behind()
                    .ifPresentOrElse(
                            why -> readiness.refuse(Readiness.Reason.SCHEMA, why),
                            () -> readiness.end(Readiness.Reason.SCHEMA));
        } catch (SchemaException e) {
            log.debug("the schema is checked again in the next round: {}", e.getMessage());
        }
    }
}
