package dev.idem.dropwizard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * Connections for one statement each. From the call to the statement's answer no more than a bound passes, whatever timeouts the
 * pool has. Thread-safe.
 */
public final class QuickConnections implements ConnectionFactory {
    /** For a pool that does not say how many connections it has. */
    private static final int MOST = 1_000;

    private final TimedOpening opening;
    private final Opener opener;
    private final StatementLimit limit;

    /** Opens a connection by {@link TimedOpening}. */
    interface Opener {
        Connection open() throws SQLException;
    }

    QuickConnections(TimedOpening opening, Opener opener, Duration bound) {
        this.opening = opening;
        this.opener = opener;
        this.limit = new StatementLimit(bound);
    }

    /**
     * For the steps of requests, such as a claim: they may use the whole pool. A pool that is full is busy, which says nothing
     * about the server.
     */
    public static QuickConnections ofAll(DataSource pool, Duration bound) {
        TimedOpening opening = new TimedOpening(pool::getConnection, sizeOf(pool), bound);
        return new QuickConnections(opening, () -> opening.open(TimedOpening.FirstAnswer.NOT_AWAITED), bound);
    }

    /** How many connections the pool has at the most, if it says so. */
    static int sizeOf(DataSource pool) {
        return pool instanceof DataSourceProxy tomcat ? tomcat.getMaxActive() : MOST;
    }

    @Override
    public Connection openConnection() throws SQLException {
        long begin = System.nanoTime();
        Connection connection = opener.open();
        try {
            limit.set(connection, begin);
            return connection;
        } catch (SQLException e) {
            opening.close(connection);
            throw e;
        }
    }

    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            limit.lift(connection);
        } finally {
            opening.close(connection);
        }
    }
}
