package dev.idem.postgres;

import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Tables;
import java.sql.Connection;
import java.sql.SQLException;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;

/** A separate database with the table of records, and a connection pool for it. */
public final class MigratedDatabase implements AutoCloseable {
    private final DataSource pool;

    public MigratedDatabase(TestDatabase server) {
        Tables.in(server);
        PoolProperties properties = new PoolProperties();
        properties.setUrl(server.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(32);
        pool = new DataSource(properties);
    }

    public Jdbi jdbi() {
        return StoreJdbi.on(pool);
    }

    public Connection connect() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
