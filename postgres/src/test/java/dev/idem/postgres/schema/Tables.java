package dev.idem.postgres.schema;

import dev.idem.embedded.junit.TestDatabase;
import org.postgresql.ds.PGSimpleDataSource;

/** The project's tables in a test's database. */
public final class Tables {
    private Tables() {}

    /** Creates the tables unless they exist. */
    public static PGSimpleDataSource in(TestDatabase database) {
        return source(database.filledOnce("tables", Tables::create).jdbcUrl());
    }

    /** Creates the tables in an empty database. */
    public static void create(String jdbcUrl) {
        new Schema(source(jdbcUrl)).update();
    }

    private static PGSimpleDataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source;
    }
}
