package dev.idem.conformance;

import dev.idem.conformance.app.Stores;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.stores.ServiceTables;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a test's database up to date. */
final class Databases {
    private Databases() {}

    static Stores stores(TestRedis redis, TestDatabase database) {
        database.filledOnce("tables", url -> ServiceTables.in(source(url)).update());
        return new Stores(redis.url(), redis.keyPrefix(), database.jdbcUrl());
    }

    static DataSource source(TestDatabase database) {
        return source(database.jdbcUrl());
    }

    private static DataSource source(String jdbcUrl) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        return source;
    }
}
