package dev.idem.dropwizard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the statements of a borrowed connection what its opening has left of a bound. For one pool. Thread-safe. */
final class StatementLimit {
    /** For a connection that came at the last moment. */
    private static final Duration LEAST = Duration.ofMillis(200);

    /** The server's timeouts follow from the limit and stand in the statement's text, which the driver prepares: few texts. */
    private static final int STEPS = 20;

    private final Duration bound;

    /** Of each borrowed connection: an application may have given one of them another limit than the others. By identity. */
    private final Map<Connection, Integer> usualMillis = Collections.synchronizedMap(new IdentityHashMap<>());

    /** @param bound from the call for the connection to the answer of its statement */
    StatementLimit(Duration bound) {
        this.bound = bound;
    }

    /** @param begin when the connection was asked for, by {@link System#nanoTime} */
    void set(Connection connection, long begin) throws SQLException {
        int usual = connection.getNetworkTimeout();
        int left = leftSince(begin);
        if (usual == 0 || left < usual) {
            connection.setNetworkTimeout(Runnable::run, left);
            usualMillis.put(connection, usual);
        }
    }

    private int leftSince(long begin) {
        long step = bound.toNanos() / STEPS;
        long used = ((System.nanoTime() - begin) / step + 1) * step;
        Duration left = bound.minusNanos(used);
        return Math.toIntExact((left.compareTo(LEAST) > 0 ? left : LEAST).toMillis());
    }

    /** Gives the connection its own limit back. */
    void lift(Connection connection) throws SQLException {
        @Nullable Integer usual = usualMillis.remove(connection);
        if (usual != null && !connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, usual);
        }
    }
}
