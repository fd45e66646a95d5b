package dev.idem.postgres.connect;

import dev.idem.core.background.WrappedError;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

/** Distinguishes an unavailable PostgreSQL from our own errors, by SQLSTATE (PostgreSQL manual, appendix A). */
public final class PostgresFailures {
    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final Map<String, UnavailableReason> BY_STATE = Map.ofEntries(
            Map.entry("25006", UnavailableReason.READ_ONLY),
            Map.entry("25P03", UnavailableReason.TIMEOUT), // idle_in_transaction_session_timeout
            Map.entry("25P04", UnavailableReason.TIMEOUT), // transaction_timeout
            Map.entry("40001", UnavailableReason.CONFLICT), // serialization failure
            Map.entry("40P01", UnavailableReason.CONFLICT), // deadlock
            Map.entry("42501", UnavailableReason.PERMISSION),
            Map.entry("53400", UnavailableReason.STATEMENT_FAILED), // temp_file_limit, for example
            Map.entry("55P03", UnavailableReason.TIMEOUT), // lock_timeout
            Map.entry("57014", UnavailableReason.TIMEOUT),
            Map.entry(PROTOCOL_VIOLATION, UnavailableReason.WRONG_SERVER),
            Map.entry("3D000", UnavailableReason.OTHER)); // no such database

    /** Connection, login, resources, operator intervention, system error, another reason to roll back. */
    private static final Map<String, UnavailableReason> BY_CLASS = Map.of(
            "08", UnavailableReason.OTHER,
            "28", UnavailableReason.AUTHENTICATION,
            "53", UnavailableReason.FULL,
            "57", UnavailableReason.OTHER,
            "58", UnavailableReason.OTHER,
            "40", UnavailableReason.OTHER);

    private static final Set<UnavailableReason> SILENT =
            Set.of(UnavailableReason.TIMEOUT, UnavailableReason.REFUSED, UnavailableReason.UNKNOWN_HOST);

    /** Login, connection, shutdown, no such database. */
    private static final Set<String> OF_SESSION = Set.of("28", "08", "57P", "3D", "53300");

    private static final String REJECTED = "08004";

    private static final int MAX_REPEATS = 50;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A missing table or column. */
    private static final Set<String> SCHEMA_IS_BEHIND = Set.of("42P01", "42703");

    private PostgresFailures() {}

    /**
     * Makes the call, and repeats it after a conflict with another transaction, or if the server no longer has the statement
     * as it was prepared: nothing remains of the failed call then.
     *
     * @param call a whole transaction, without any other effect
     * @throws StoreUnavailableException instead of a failure that says that PostgreSQL is unavailable, or lacks the layer's tables
     */
    public static <T> T translate(String store, Supplier<T> call) {
        long begin = System.nanoTime();
        for (int repeats = 0; ; repeats++) {
            try {
                return call.get();
            } catch (JdbiException e) {
                boolean inTime = repeats < MAX_REPEATS && System.nanoTime() - begin < PATIENCE.toNanos();
                if (!inTime || !RepeatableFailure.is(e) || !pause(repeats)) {
                    throw translated(store, e);
                }
            }
        }
    }

    /**
     * As {@link #translate}, but never repeats a call.
     *
     * @param call may pass results on before it ends
     * @throws StoreUnavailableException instead of a failure that says that PostgreSQL is unavailable
     */
    public static <T> T translateOnce(String store, Supplier<T> call) {
        try {
            return call.get();
        } catch (JdbiException e) {
            throw translated(store, e);
        }
    }

    private static RuntimeException translated(String store, JdbiException failure) {
        return lackingTables(store, failure)
                .or(() -> unavailable(store, failure))
                .map(RuntimeException.class::cast)
                .orElse(failure);
    }

    /** Random, and a little longer each time, so that two transactions do not meet again. False if interrupted. */
    private static boolean pause(int repeats) {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextLong(2L + 2L * repeats));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** A call of JDBC itself. */
    public interface SqlCall<T> {
        T run() throws SQLException;
    }

    /**
     * As {@link #translate}, for a call of JDBC itself.
     *
     * @throws SQLException if the server rejects the statement
     */
    public static <T> T translateSql(String store, SqlCall<T> call) throws SQLException {
        try {
            return call.run();
        } catch (SQLException e) {
            Optional<StoreUnavailableException> unavailable = unavailable(store, e);
            if (unavailable.isEmpty()) {
                throw e;
            }
            throw unavailable.get();
        }
    }

    /**
     * The same failure as an unavailable store; empty if PostgreSQL is available. Throws an error of this process that the
     * driver has reported as a failure of the server.
     */
    public static Optional<StoreUnavailableException> unavailable(String store, Throwable failure) {
        WrappedError.throwIfIn(failure);
        return classify(failure)
                .or(() -> PoolFailure.reason(failure))
                .map(reason -> PoolFailure.isSilence(failure)
                        ? new StoreUnavailableException(store, reason, PoolFailure.SILENCE, advice(reason), failure)
                        : new StoreUnavailableException(store, reason, advice(reason), failure));
    }

    /** Whether there was no answer. An error that the server sends is one, and its next answer may be another. */
    public static boolean isSilence(Throwable failure) {
        if (PoolFailure.isSilence(failure)) {
            return true;
        }
        Optional<SQLException> driver = sqlException(failure);
        return driver.isPresent()
                ? driver.filter(sql -> !ServerReply.isIn(sql)
                                && String.valueOf(sql.getSQLState()).startsWith("08"))
                        .isPresent()
                : failure instanceof StoreUnavailableException unavailable && SILENT.contains(unavailable.reason());
    }

    /** As {@link #unavailable}, for an operator. A database without the tables, or one that refuses, is unavailable too. */
    public static Optional<StoreUnavailableException> forOperator(String store, RuntimeException failure) {
        if (failure instanceof StoreUnavailableException known) {
            return Optional.of(known);
        }
        return lackingTables(store, failure)
                .or(() -> unavailable(store, failure))
                .or(() -> failure instanceof JdbiException
                        ? Optional.of(new StoreUnavailableException(store, ofStatement(failure), "", failure))
                        : Optional.empty());
    }

    /** For statements of ours. A caller's own statement may well name a table that nobody promised. */
    private static Optional<StoreUnavailableException> lackingTables(String store, RuntimeException failure) {
        return sqlException(failure)
                .filter(e -> SCHEMA_IS_BEHIND.contains(String.valueOf(e.getSQLState())))
                .map(e -> new StoreUnavailableException(
                        store,
                        UnavailableReason.OTHER,
                        "it lacks tables that are needed; run: idem-admin migrate",
                        "",
                        failure));
    }

    private static UnavailableReason ofStatement(RuntimeException failure) {
        return isAnswer(failure) ? UnavailableReason.STATEMENT_FAILED : UnavailableReason.OTHER;
    }

    /** Whether the server answered with an error that concerns the statement, and may well carry out another one. */
    public static boolean isAnswer(Throwable failure) {
        return sqlException(failure)
                .filter(ServerReply::isIn)
                .filter(sql ->
                        !OF_SESSION.contains(String.valueOf(sql.getSQLState()).replaceFirst("^(28|08|57P|3D).*", "$1")))
                .isPresent();
    }

    /** A pool wraps the driver's failure, which says more. */
    private static Optional<UnavailableReason> classify(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && !isAftermath(sql)) {
                Optional<UnavailableReason> reason = classify(sql);
                if (reason.isPresent() || sql.getSQLState() != null) {
                    return reason;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<UnavailableReason> classify(SQLException failure) {
        String state = String.valueOf(failure.getSQLState());
        if (state.equals(PROTOCOL_VIOLATION) && ServerReply.isIn(failure)) {
            return Optional.of(UnavailableReason.OTHER); // pgbouncer's state for whatever it has to say
        }
        UnavailableReason exact = BY_STATE.get(state);
        if (exact != null) {
            return Optional.of(exact);
        }
        UnavailableReason kind = state.length() == 5 ? BY_CLASS.get(state.substring(0, 2)) : null;
        return kind == UnavailableReason.OTHER
                ? Optional.of(UnavailableReason.ofNetwork(failure).orElseGet(() -> ofDriver(failure)))
                : Optional.ofNullable(kind);
    }

    /** The reason in a message of the driver's own, because these messages share a few states. */
    private static UnavailableReason ofDriver(SQLException failure) {
        String message = String.valueOf(failure.getMessage());
        if (message.contains("timed out")) {
            return UnavailableReason.TIMEOUT;
        }
        if (REJECTED.equals(failure.getSQLState())) {
            return message.contains("SSL") ? UnavailableReason.TLS : UnavailableReason.AUTHENTICATION;
        }
        return UnavailableReason.OTHER;
    }

    private static Optional<SQLException> sqlException(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && !isAftermath(sql)) {
                return Optional.of(sql);
            }
        }
        return Optional.empty();
    }

    /** The server refuses what follows a failure in a transaction. The driver gives that failure as the cause. */
    private static boolean isAftermath(SQLException failure) {
        return "25P02".equals(failure.getSQLState()) && failure.getCause() instanceof SQLException;
    }

    private static String advice(UnavailableReason reason) {
        return switch (reason) {
            case REFUSED -> "Start PostgreSQL, or correct the host and port in database.url (DATABASE_URL).";
            case TIMEOUT ->
                "Check PostgreSQL's load and the network, and that database.url (DATABASE_URL) names the right host.";
            case UNKNOWN_HOST -> "Correct the host in database.url (DATABASE_URL), or its DNS entry.";
            case TLS ->
                "Set sslmode in database.url (DATABASE_URL) to what the server offers; Java must trust its certificate.";
            case AUTHENTICATION ->
                "Correct the user and password in database.url (DATABASE_URL), or the server's pg_hba.conf.";
            case PERMISSION -> "GRANT the user in database.url (DATABASE_URL) the rights it lacks.";
            case READ_ONLY ->
                "Let database.url (DATABASE_URL) name the primary, and set default_transaction_read_only = off.";
            case FULL -> "Give the PostgreSQL in database.url (DATABASE_URL) more disk, memory or connections.";
            case WRONG_SERVER ->
                "Let database.url (DATABASE_URL) name a PostgreSQL server: something else listens there.";
            case STATEMENT_FAILED ->
                "PostgreSQL runs: change what it complains of, such as a limit of the database or of the user in database.url"
                        + " (DATABASE_URL).";
            case CONFLICT -> "Nothing is broken: other transactions changed the same rows. Repeat the request.";
            case BUSY -> PoolFailure.ADVICE;
            case FOREIGN_KEY, OTHER -> "Check that PostgreSQL runs and that database.url (DATABASE_URL) is right.";
        };
    }
}
