package dev.idem.dropwizard.pool;

import dev.idem.postgres.connect.ReadOnlyServer;
import dev.idem.postgres.connect.SessionEnd;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.tomcat.jdbc.pool.PooledConnection;
import org.apache.tomcat.jdbc.pool.Validator;
import org.jspecify.annotations.Nullable;

/**
 * Finds connections that the server has ended, before a request uses them; the pool then opens another. Name it as the pool's
 * {@code validatorClassName}, check on borrow, and set {@code validationInterval} to 0. Thread-safe.
 *
 * <p>A server that ends a session says so, and that needs no round trip to notice. A balancer in between may say nothing, so a
 * connection that rested for a tenth of a second is asked.
 *
 * <p>A connection that the driver has closed after a timeout may have left a statement behind that waits in the server. It is
 * cancelled before another connection takes its place. So the server never has more sessions for a pool than the pool has places.
 *
 * <p>A server that has become a standby or is read-only says so, too. The database's name may lead to its successor by now, so a
 * connection to it is replaced after a second.
 */
public final class StaleConnectionCheck implements Validator {
    private static final Duration RECENTLY = Duration.ofMillis(100);
    private static final Duration WITHOUT_WRITES = Duration.ofSeconds(1);
    private static final int PATIENCE_SECONDS = 1;

    private final Map<Connection, Long> firstSeen = Collections.synchronizedMap(new WeakHashMap<>());
    private final Map<Connection, Long> lastBorrowed = Collections.synchronizedMap(new WeakHashMap<>());

    @Override
    public boolean validate(Connection connection, int action) {
        try {
            if (connection.isClosed()) {
                SessionEnd.cancelAbandoned(connection);
                return false;
            }
            boolean alive = wasJustUsed(connection, action) ? !SessionEnd.hasArrived(connection) : responds(connection);
            return alive && !mayLeadElsewhere(connection);
        } catch (SQLException ended) {
            return false;
        }
    }

    private boolean mayLeadElsewhere(Connection connection) throws SQLException {
        long now = System.nanoTime();
        @Nullable Long first = firstSeen.putIfAbsent(connection, now);
        return first != null && now - first > WITHOUT_WRITES.toNanos() && ReadOnlyServer.isAt(connection);
    }

    private boolean wasJustUsed(Connection connection, int action) {
        if (action != PooledConnection.VALIDATE_BORROW) {
            return false;
        }
        long now = System.nanoTime();
        @Nullable Long last = lastBorrowed.put(connection, now);
        return last != null && now - last < RECENTLY.toNanos();
    }

    private static boolean responds(Connection connection) throws SQLException {
        return connection.isValid(PATIENCE_SECONDS);
    }
}
