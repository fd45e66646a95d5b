package dev.idem.chaos.node;

import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.util.Duration;
import java.util.Map;

/** A pool of connections to PostgreSQL with short timeouts. */
final class DatabasePool {
    private DatabasePool() {}

    static DataSourceFactory factory(String jdbcUrl, int size) {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(jdbcUrl);
        pool.setInitialSize(0);
        pool.setMinSize(0);
        pool.setMaxSize(size);
        pool.setMaxWaitForConnection(Duration.seconds(1));
        pool.setCheckConnectionOnBorrow(true);
        pool.setValidationInterval(Duration.seconds(1));
        // Seconds.
        pool.setProperties(Map.of("connectTimeout", "1", "socketTimeout", "2"));
        return pool;
    }
}
