package dev.idem.admin.stores;

import dev.idem.core.connect.Credentials;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.schema.SchemaException;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * PostgreSQL, connected to when first asked. Connections are kept for as long as the command runs: logging in takes longer than
 * most statements.
 */
final class DatabaseAccess implements AutoCloseable {
    static final String NAME = PostgresStore.NAME;
    private static final int MOST_CONNECTIONS = 4;

    private final DatabaseTarget target;
    private final EmbeddedServers embedded;
    private final Duration patience;
    private final Closing opened = new Closing();
    private @Nullable DataSource dataSource;

    DatabaseAccess(DatabaseTarget target, EmbeddedServers embedded, Duration patience) {
        this.target = target;
        this.embedded = embedded;
        this.patience = patience;
    }

    <T> T ask(Function<RecordAdministration, T> question) {
        return with(database -> question.apply(new PostgresRecords(RedactingJdbi.on(database))));
    }

    <T> T with(Function<DataSource, T> work) {
        String where = NAME + " (" + target.describe() + ")";
        try {
            return work.apply(dataSource());
        } catch (StoreUnavailableException e) {
            throw new StoreException(StoreFailureReasons.unavailable(where, e, "database.url (DATABASE_URL)"), e);
        } catch (SchemaException e) {
            throw new StoreException(where + ": " + e.getMessage(), e);
        } catch (JdbiException e) {
            throw new StoreException(StoreFailureReasons.refused(where, e), e);
        }
    }

    private DataSource dataSource() {
        if (dataSource == null) {
            DatabaseTarget.External external = target instanceof DatabaseTarget.External there
                    ? there
                    : (DatabaseTarget.External) DatabaseTarget.parse(embedded.jdbcUrl());
            dataSource = pool(driver(external));
        }
        return dataSource;
    }

    private DataSource driver(DatabaseTarget.External external) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setConnectTimeout(Math.max(1, Math.toIntExact(patience.toSeconds())));
        source.setApplicationName("idem-admin");
        source.setUrl(external.jdbcUrl());
        Credentials login = external.credentials();
        if (login.user() != null) {
            source.setUser(login.user());
        }
        if (login.password() != null) {
            source.setPassword(login.password());
        }
        return source;
    }

    private DataSource pool(DataSource driver) {
        PoolProperties pool = new PoolProperties();
        pool.setDataSource(driver);
        pool.setInitialSize(0);
        pool.setMinIdle(0);
        pool.setMaxIdle(MOST_CONNECTIONS);
        pool.setMaxActive(MOST_CONNECTIONS);
        pool.setMaxWait(Math.toIntExact(patience.toMillis()));
        pool.setTestOnBorrow(true);
        pool.setUseStatementFacade(false);
        pool.setJdbcInterceptors("ConnectionState");
        pool.setJmxEnabled(false);
        org.apache.tomcat.jdbc.pool.DataSource pooled = new org.apache.tomcat.jdbc.pool.DataSource(pool);
        opened.closeLater(pooled::close);
        return pooled;
    }

    @Override
    public void close() {
        opened.close();
    }
}
