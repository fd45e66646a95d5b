package dev.idem.postgres;

import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a PostgreSQL that cannot be asked from a mistake of ours, by the class of its SQLSTATE (PostgreSQL manual,
 * appendix A).
 */
public final class PostgresFailures {
    /** Connection, resources, operator intervention, system error, transaction rollback (deadlock, serialisation). */
    private static final Set<String> CANNOT_SERVE = Set.of("08", "53", "57", "58", "40");

    private static final String READ_ONLY = "25006";

    private PostgresFailures() {}

    /** @throws StoreUnavailableException instead of a failure that says that PostgreSQL cannot be asked */
    public static <T> T translate(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConnectionException e) {
            throw new StoreUnavailableException(store, e);
        } catch (JdbiException e) {
            OutOfMemoryExit.throwIfIn(e); // the driver makes a failure of the server of an error of ours
            if (cannotServe(sqlState(e))) {
                throw new StoreUnavailableException(store, e);
            }
            throw e;
        }
    }

    /** A call of JDBC itself. */
    interface SqlCall<T> {
        T run() throws SQLException;
    }

    /**
     * As {@link #translate}, for a call of JDBC itself.
     *
     * @throws SQLException if the server refuses what it is asked
     */
    static <T> T translateSql(String store, SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException e) {
            OutOfMemoryExit.throwIfIn(e);
            if (cannotServe(e.getSQLState())) {
                throw new StoreUnavailableException(store, e);
            }
            throw e;
        }
    }

    private static boolean cannotServe(@Nullable String sqlState) {
        return sqlState != null
                && (sqlState.equals(READ_ONLY)
                        || (sqlState.length() == 5 && CANNOT_SERVE.contains(sqlState.substring(0, 2))));
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }
}
