package dev.idem.postgres;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.core.store.IdempotencyStore;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Tables;
import dev.idem.testing.StoreContract;
import dev.idem.verification.support.NeedsPrograms;
import dev.idem.verification.support.PgBouncer;
import dev.idem.verification.support.RandomForm;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The contract of a store through pgbouncer: a minute, and so nightly. {@link PoolerIT} is the short form. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@NeedsPrograms("pgbouncer")
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class PoolerContractIT extends StoreContract {
    private final TestDatabase server;
    private PgBouncer pooler;
    private DataSource pool;

    PoolerContractIT(TestDatabase server) {
        this.server = server;
    }

    @BeforeAll
    void open() throws Exception {
        assumeTrue(RandomForm.asked().full(), "only with -Pnightly");
        Tables.in(server);
        pooler = PgBouncer.start(server.jdbcUrl(), 3);
        PoolProperties properties = new PoolProperties();
        properties.setUrl(pooler.jdbcUrl());
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(32);
        pool = new DataSource(properties);
    }

    @AfterAll
    void close() throws Exception {
        if (pool != null) {
            pool.close();
            pooler.close();
        }
    }

    @Override
    protected IdempotencyStore store() {
        return PostgresStore.always(StoreJdbi.on(pool));
    }
}
