package dev.idem.service.stores;

import dev.idem.postgres.schema.Schema;
import javax.sql.DataSource;

/** All tables of the service: for idempotency, accounts and shares. */
public final class ServiceTables {
    /** The list of their changes, on the class path. */
    public static final String CHANGELOG = "dev/idem/service/schema/changelog.xml";

    private ServiceTables() {}

    public static Schema in(DataSource database) {
        return new Schema(database, CHANGELOG);
    }
}
