package dev.idem.service.stores;

import dev.idem.core.connect.Credentials;
import dev.idem.dropwizard.pool.StaleConnectionCheck;
import dev.idem.postgres.connect.DatabaseTarget;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;

/** Configures the pool of connections to PostgreSQL, with short timeouts. */
final class DatabasePool {
    private static final Duration WAIT_FOR_CONNECTION = Duration.seconds(1);
    private static final Duration EACH_TIME = Duration.seconds(0);

    private DatabasePool() {}

    static DataSourceFactory factory(DatabaseTarget.External target, int size) {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(target.jdbcUrl());
        Credentials login = target.credentials();
        if (login.user() != null) {
            pool.setUser(login.user());
        }
        if (login.password() != null) {
            pool.setPassword(login.password());
        }
        pool.setMinSize(Math.min(4, size));
        pool.setInitialSize(0);
        pool.setMaxSize(size);
        pool.setMaxWaitForConnection(WAIT_FOR_CONNECTION);
        pool.setCheckConnectionOnBorrow(true);
        pool.setValidatorClassName(Optional.of(StaleConnectionCheck.class.getName()));
        pool.setValidationInterval(EACH_TIME);
        pool.setProperties(timeouts());
        return pool;
    }

    /** Without the pool's proxies for statements and results, which use reflection for each column of each row. */
    static ManagedDataSource direct(ManagedDataSource pool) {
        ((DataSourceProxy) pool).setUseStatementFacade(false);
        return pool;
    }

    /** In seconds. Values in the URL take precedence. */
    private static Map<String, String> timeouts() {
        Map<String, String> properties = new HashMap<>();
        properties.put("connectTimeout", "2");
        properties.put("socketTimeout", "5");
        properties.put("tcpKeepAlive", "true");
        properties.put("ApplicationName", "idem-service");
        // The detail of a constraint violation is the row: keys and users' data do not belong in logs.
        properties.put("logServerErrorDetail", "false");
        return properties;
    }
}
