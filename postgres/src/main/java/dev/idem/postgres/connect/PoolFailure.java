package dev.idem.postgres.connect;

import dev.idem.core.store.UnavailableReason;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that could not be borrowed, where no driver and no network says why. The pool alone was full, closed or
 * interrupted then, and the server was not asked: Tomcat's pool, HikariCP, DBCP and c3p0 each have an exception of their own for
 * this. All of them wrap the driver's exception if the server is what failed.
 */
final class PoolFailure {
    static final String ADVICE =
            "All connections of this process's pool are in use: make the pool larger, or look for what"
                    + " holds its connections for long.";

    /** By name, since a pool's classes need not be there. */
    private static final Set<String> OF_A_POOL = Set.of(
            "PoolExhaustedException", "SQLTransientConnectionException", "NoSuchElementException", "TimeoutException");

    private static final int MOST_CAUSES = 20;

    private PoolFailure() {}

    /** Empty if it has nothing to do with borrowing a connection. */
    static Optional<UnavailableReason> reason(Throwable failure) {
        List<Throwable> causes = Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, cause -> Objects.requireNonNull(cause)
                                .getCause())
                .limit(MOST_CAUSES)
                .toList();
        if (causes.stream().noneMatch(PoolFailure::isOfBorrowing)) {
            return Optional.empty();
        }
        Throwable innermost = causes.get(causes.size() - 1);
        return Optional.of(UnavailableReason.ofNetwork(failure)
                .orElse(isOfPool(innermost) ? UnavailableReason.BUSY : UnavailableReason.OTHER));
    }

    private static boolean isOfBorrowing(Throwable cause) {
        return cause instanceof ConnectionException
                || (isWithoutState(cause) && (isNamedAsOfPool(cause) || isNamedAsOfPool(cause.getCause())));
    }

    private static boolean isOfPool(Throwable cause) {
        return isWithoutState(cause) || cause instanceof InterruptedException || isNamedAsOfPool(cause);
    }

    /** The driver's own failures have one. */
    private static boolean isWithoutState(Throwable cause) {
        return cause instanceof SQLException sql && sql.getSQLState() == null;
    }

    private static boolean isNamedAsOfPool(@Nullable Throwable cause) {
        return cause != null && OF_A_POOL.contains(cause.getClass().getSimpleName());
    }
}
