package dev.idem.postgres.connect;

import dev.idem.core.store.UnavailableReason;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * A connection that could not be borrowed, where no driver and no network says why. The pool alone was full, closed or
 * interrupted then, and the server was not asked: Tomcat's pool, HikariCP, DBCP and c3p0 each have an exception of their own for
 * this. All of them wrap the driver's exception if the server is what failed.
 *
 * <p>A pool also has no connection to lend while it opens and checks them, which takes long only at a silent server. Tomcat's pool and
 * HikariCP say in their message how many are in use.
 */
final class PoolFailure {
    static final String SILENCE = "it did not answer while the pool opened connections";

    static final String ADVICE =
            "All connections of this process's pool are in use: make the pool larger, or look for what"
                    + " holds its connections for long.";

    /** By name, since a pool's classes need not be there. */
    private static final Set<String> OF_A_POOL = Set.of(
            "PoolExhaustedException", "SQLTransientConnectionException", "NoSuchElementException", "TimeoutException");

    /** Tomcat counts a connection in its size before it is open. One that is neither lent nor idle is being opened or checked. */
    private static final Pattern OF_TOMCAT = Pattern.compile("\\[size:(\\d+); busy:(\\d+); idle:(\\d+)");

    /** HikariCP counts a connection when it is open. */
    private static final Pattern NONE_OPEN_OF_HIKARI = Pattern.compile("\\(total=0,");

    private static final int MOST_CAUSES = 20;

    private PoolFailure() {}

    /** Empty if it has nothing to do with borrowing a connection. */
    static Optional<UnavailableReason> reason(Throwable failure) {
        List<Throwable> causes = causes(failure);
        if (causes.stream().noneMatch(PoolFailure::isOfBorrowing)) {
            return Optional.empty();
        }
        Throwable innermost = causes.get(causes.size() - 1);
        return Optional.of(UnavailableReason.ofNetwork(failure)
                .orElse(isOfPool(innermost) ? ofPool(innermost) : UnavailableReason.OTHER));
    }

    private static UnavailableReason ofPool(Throwable failure) {
        return waitsForServer(failure) ? UnavailableReason.TIMEOUT : UnavailableReason.BUSY;
    }

    /** Whether a pool had no connection because it waits for the server, and not because others use them. */
    static boolean isSilence(Throwable failure) {
        List<Throwable> causes = causes(failure);
        Throwable innermost = causes.get(causes.size() - 1);
        return isOfPool(innermost) && waitsForServer(innermost);
    }

    /** Most of them must wait: one of many is opened or checked at any time. */
    private static boolean waitsForServer(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Matcher tomcat = OF_TOMCAT.matcher(message);
        if (tomcat.find()) {
            long busy = Long.parseLong(tomcat.group(2));
            long waiting = Long.parseLong(tomcat.group(1)) - busy - Long.parseLong(tomcat.group(3));
            return waiting > busy;
        }
        return NONE_OPEN_OF_HIKARI.matcher(message).find();
    }

    private static List<Throwable> causes(Throwable failure) {
        return Stream.<@Nullable Throwable>iterate(
                        failure, cause -> cause != null, cause -> Objects.requireNonNull(cause)
                                .getCause())
                .limit(MOST_CAUSES)
                .map(Objects::requireNonNull)
                .toList();
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
