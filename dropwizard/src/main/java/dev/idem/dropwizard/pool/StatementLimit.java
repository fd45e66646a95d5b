package dev.idem.dropwizard.pool;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Gives the statements of a borrowed connection what its opening has left of a bound. For one pool. Thread-safe. */
final class StatementLimit {
    /** For a connection that came at the last moment. */
    private static final Duration LEAST = Duration.ofMillis(200);

    /** The server's timeouts follow from the limit and stand in the statement's text, which the driver prepares: few texts. */
    private static final int STEPS = 20;

    private final Duration bound;

    /** The limit of all of the pool's connections. */
    private volatile int usualMillis;

    /** @param bound from the call for the connection to the answer of its statement */
    StatementLimit(Duration bound) {
        this.bound = bound;
    }

    /** @param begin when the connection was asked for, by {@link System#nanoTime} */
    void set(Connection connection, long begin) throws SQLException {
        usualMillis = connection.getNetworkTimeout();
        int left = leftSince(begin);
        if (usualMillis == 0 || left < usualMillis) {
            connection.setNetworkTimeout(Runnable::run, left);
        }
    }

    private int leftSince(long begin) {
        long step = bound.toNanos() / STEPS;
        long used = ((System.nanoTime() - begin) / step + 1) * step;
        Duration left = bound.minusNanos(used);
        return Math.toIntExact((left.compareTo(LEAST) > 0 ? left : LEAST).toMillis());
    }

    /** Gives the pool's own limit back. */
    void lift(Connection connection) throws SQLException {
        if (!connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, usualMillis);
        }
    }
}
