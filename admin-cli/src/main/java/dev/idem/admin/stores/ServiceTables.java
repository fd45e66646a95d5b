package dev.idem.admin.stores;

import dev.idem.postgres.schema.Schema;
import javax.sql.DataSource;

/** All tables that the service needs: for idempotency, accounts and shares. */
public final class ServiceTables {
    /** The build copies it from the service. */
    private static final String CHANGELOG = "dev/idem/admin/schema/changelog.xml";

    private ServiceTables() {}

    public static Schema in(DataSource database) {
        return new Schema(database, CHANGELOG);
    }
}
