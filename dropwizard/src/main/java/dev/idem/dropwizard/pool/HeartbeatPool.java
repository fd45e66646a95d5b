package dev.idem.dropwizard.pool;

import io.dropwizard.lifecycle.Managed;
import java.beans.IntrospectionException;
import java.beans.Introspector;
import java.beans.PropertyDescriptor;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.apache.tomcat.jdbc.pool.PoolConfiguration;
import org.apache.tomcat.jdbc.pool.PoolProperties;

/**
 * A few connections beside an application's pool, made as that makes its own. The layer's heartbeats, journal and watch use them:
 * otherwise an application whose slow queries occupy its pool would lose the leases of its running requests. Thread-safe.
 */
public final class HeartbeatPool implements Managed {
    private static final int CONNECTIONS = 4;
    private static final int MAX_WAIT_MILLIS = 2_000;

    private final org.apache.tomcat.jdbc.pool.DataSource pool;

    private HeartbeatPool(org.apache.tomcat.jdbc.pool.DataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects only when a connection is asked for.
     *
     * @return empty if this is not a pool of Tomcat's, as Dropwizard's are
     */
    public static Optional<HeartbeatPool> beside(DataSource database) {
        if (!(database instanceof DataSourceProxy tomcat)) {
            return Optional.empty();
        }
        PoolConfiguration known = tomcat.getPoolProperties();
        PoolProperties own = copy(known);
        own.setName(known.getName() + "-heartbeats");
        own.setJmxEnabled(false);
        own.setInitialSize(0);
        own.setMinIdle(0);
        own.setMaxActive(CONNECTIONS);
        own.setMaxIdle(CONNECTIONS);
        own.setMaxWait(known.getMaxWait() < 0 ? MAX_WAIT_MILLIS : Math.min(known.getMaxWait(), MAX_WAIT_MILLIS));
        return Optional.of(new HeartbeatPool(new org.apache.tomcat.jdbc.pool.DataSource(own)));
    }

    /** Every setting, those of a later release of the pool too. */
    private static PoolProperties copy(PoolConfiguration known) {
        PoolProperties copy = new PoolProperties();
        try {
            for (PropertyDescriptor each :
                    Introspector.getBeanInfo(PoolConfiguration.class).getPropertyDescriptors()) {
                if (each.getReadMethod() != null && each.getWriteMethod() != null) {
                    each.getWriteMethod().invoke(copy, each.getReadMethod().invoke(known));
                }
            }
        } catch (IntrospectionException | ReflectiveOperationException e) {
            throw new IllegalStateException("the settings of the database's pool cannot be read", e);
        }
        return copy;
    }

    public DataSource connections() {
        return pool;
    }

    @Override
    public void stop() {
        pool.close(true);
    }
}
