package dev.idem.conformance;

import dev.idem.conformance.app.Stores;
import dev.idem.core.schema.Schema;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Brings a test's database up to date. */
final class Databases {
    private Databases() {}

    static Stores stores(TestRedis redis, TestDatabase database) {
        new Schema(source(database)).update();
        return new Stores(redis.url(), redis.keyPrefix(), database.jdbcUrl());
    }

    static DataSource source(TestDatabase database) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        return source;
    }
}
