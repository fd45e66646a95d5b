package dev.idem.ops;

import dev.idem.service.stores.ServiceTables;
import org.postgresql.ds.PGSimpleDataSource;

/** The service's tables in a database of a test. */
public final class Tables {
    private Tables() {}

    public static void createIn(String jdbcUrl) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(jdbcUrl);
        ServiceTables.in(database).update();
    }
}
