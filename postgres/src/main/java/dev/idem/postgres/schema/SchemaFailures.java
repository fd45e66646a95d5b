package dev.idem.postgres.schema;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import liquibase.exception.ValidationFailedException;
import org.jspecify.annotations.Nullable;

/** Turns a failure into a sentence for an operator, by its SQLSTATE (PostgreSQL manual, appendix A). */
final class SchemaFailures {
    static final String UNDEFINED_TABLE = "42P01";

    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String INVALID_LOGIN = "28";
    private static final String READ_ONLY = "25006";

    /** Connection, resources, operator intervention, system error. */
    private static final Set<String> CANNOT_SERVE = Set.of("08", "53", "57", "58");

    /** Disk, memory, a configured limit, a cancelled statement: the server runs. */
    private static final Set<String> OF_STATEMENT = Set.of("53100", "53200", "53400", "57014");

    private SchemaFailures() {}

    static <T> T translate(Callable<T> work) {
        try {
            return work.call();
        } catch (SchemaException e) {
            throw e;
        } catch (Exception e) {
            throw new SchemaException(sentence(e), e);
        }
    }

    static boolean hasState(Throwable failure, String state) {
        return state.equals(sqlState(failure));
    }

    private static String sentence(Exception failure) {
        String state = sqlState(failure);
        if (state == null) {
            return caused(failure, ValidationFailedException.class)
                    ? "the database was migrated by other changes than this program's of the same names: use the"
                            + " version that migrated it, or a newer one. " + reason(failure)
                    : "the schema could not be read or changed: " + reason(failure);
        }
        String kind = state.length() == 5 ? state.substring(0, 2) : "";
        if (kind.equals(INVALID_LOGIN)) {
            return "the database refuses the login: " + reason(failure) + " Check user and password.";
        }
        if (OF_STATEMENT.contains(state)) {
            return "the database answers and refuses: " + reason(failure)
                    + " Change what it complains of, such as a limit of the database or of its user.";
        }
        if (CANNOT_SERVE.contains(kind)) {
            return "the database is unavailable: " + reason(failure)
                    + " Check that it runs and that its URL is correct.";
        }
        if (state.equals(READ_ONLY)) {
            return "the database is read-only: name the primary server instead.";
        }
        if (state.equals(INSUFFICIENT_PRIVILEGE)) {
            return "the database's user is not permitted to do this: " + reason(failure)
                    + " Log in as the owner of the schema, or grant its rights.";
        }
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return "a table that is to be changed is in use. The change does not wait for it long, since requests would wait"
                    + " too: try again.";
        }
        return "the schema could not be read or changed: " + reason(failure);
    }

    private static @Nullable String sqlState(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    /** The first line of the innermost message, because the outer messages repeat whole statements. */
    private static String reason(Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        String line = String.valueOf(inner.getMessage())
                .lines()
                .findFirst()
                .orElse("")
                .strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
