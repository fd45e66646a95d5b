package dev.idem.admin.stores;

import dev.idem.core.connect.Credentials;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.connect.LibpqLogin;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.tls.ServerVerification;
import java.time.Duration;
import java.util.function.Function;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.Jdbi;
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

    /** Opens connections when they are needed. */
    Jdbi jdbi() {
        return StoreJdbi.on(() -> dataSource().getConnection());
    }

    /** @throws StoreUnavailableException whatever it is that the database does not do */
    <T> T with(Function<DataSource, T> work) {
        try {
            return work.apply(dataSource());
        } catch (RuntimeException e) {
            throw PostgresFailures.forOperator(NAME, e)
                    .map(RuntimeException.class::cast)
                    .orElse(e);
        }
    }

    private synchronized DataSource dataSource() {
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
        int seconds = Math.max(1, Math.toIntExact(patience.toSeconds()));
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds); // a server that accepts and stays silent
        source.setApplicationName("idem-admin");
        source.setUrl(external.jdbcUrl());
        ServerVerification.parametersFor(external.jdbcUrl()).values().forEach(source::setSslfactory);
        Credentials login = LibpqLogin.ofProcess().of(external);
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
