package dev.idem.service;

import dev.idem.embedded.junit.TestDatabase;
import dev.idem.service.stores.ServiceTables;
import org.jdbi.v3.core.Jdbi;
import org.postgresql.ds.PGSimpleDataSource;

/** The service's tables in a test's database. */
public final class Tables {
    private Tables() {}

    /** Makes them, unless they are there. */
    public static Jdbi in(TestDatabase database) {
        return Jdbi.create(
                source(database.filledOnce("tables", url -> create(url)).jdbcUrl()));
    }

    /** Those that a template has brought. */
    static Jdbi thereIn(TestDatabase database) {
        return Jdbi.create(source(database.jdbcUrl()));
    }

    /** Makes them in an empty database. */
    static Jdbi create(String jdbcUrl) {
        ServiceTables.in(source(jdbcUrl)).update();
        return Jdbi.create(source(jdbcUrl));
    }

    private static PGSimpleDataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source;
    }
}
