package dev.idem.service.stores;

import dev.idem.dropwizard.sections.DatabaseSection;
import dev.idem.postgres.connect.DatabaseTarget;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import java.util.Map;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;

/** Configures the pool of connections to PostgreSQL, with the short timeouts that applications have by default, too. */
final class DatabasePool {
    private static final int KEPT_OPEN = 4;

    private static final Map<String, String> PROPERTIES = Map.of(
            "ApplicationName",
            "idem-service",
            // The detail of a constraint violation is the row: keys and users' data do not belong in logs.
            "logServerErrorDetail",
            "false");

    private DatabasePool() {}

    static DataSourceFactory factory(DatabaseTarget.External target, int size) {
        DatabaseSection pool = new DatabaseSection();
        pool.setMinSize(Math.min(KEPT_OPEN, size));
        pool.setMaxSize(size);
        pool.setProperties(PROPERTIES);
        return pool.completedFor(target);
    }

    /** Without the pool's proxies for statements and results, which use reflection for each column of each row. */
    static ManagedDataSource direct(ManagedDataSource pool) {
        ((DataSourceProxy) pool).setUseStatementFacade(false);
        return pool;
    }
}
