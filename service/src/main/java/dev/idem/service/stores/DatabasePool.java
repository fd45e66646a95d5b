package dev.idem.service.stores;

import dev.idem.core.connect.Credentials;
import dev.idem.dropwizard.pool.StaleConnectionCheck;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.connect.LibpqLogin;
import dev.idem.postgres.tls.ServerVerification;
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

    /** The server's name may lead elsewhere by then, or another of several hosts be the primary. */
    private static final Duration OLD_AGE = Duration.minutes(1);

    private DatabasePool() {}

    static DataSourceFactory factory(DatabaseTarget.External target, int size) {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(target.jdbcUrl());
        Credentials login = LibpqLogin.ofProcess().of(target);
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
        pool.setMaxConnectionAge(OLD_AGE);
        Map<String, String> properties = timeouts();
        properties.putAll(ServerVerification.parametersFor(target.jdbcUrl()));
        pool.setProperties(properties);
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
        properties.put("cancelSignalTimeout", "1");
        properties.put("tcpKeepAlive", "true");
        properties.put("ApplicationName", "idem-service");
        // The detail of a constraint violation is the row: keys and users' data do not belong in logs.
        properties.put("logServerErrorDetail", "false");
        return properties;
    }
}
