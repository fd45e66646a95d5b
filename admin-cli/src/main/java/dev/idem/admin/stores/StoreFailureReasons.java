package dev.idem.admin.stores;

import dev.idem.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.JdbiException;

/** Turns what went wrong with a store into a sentence for an operator. */
final class StoreFailureReasons {
    /** SQLSTATEs of a table or column that is not there. */
    private static final Set<String> SCHEMA_IS_BEHIND = Set.of("42P01", "42703");

    private StoreFailureReasons() {}

    static String unavailable(String where, StoreUnavailableException failure, String setting) {
        return where + " cannot be asked: " + innermost(failure) + " Check that it runs and that " + setting
                + " is right.";
    }

    static String refused(String where, JdbiException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && SCHEMA_IS_BEHIND.contains(sql.getSQLState())) {
                return where + " lacks tables that are needed; run: idem-admin migrate";
            }
        }
        return where + " refuses: " + innermost(failure);
    }

    /** The first line of the innermost message, which says most; Jedis hides the attempts it made as suppressed. */
    private static String innermost(Throwable failure) {
        Throwable inner = failure;
        while (true) {
            if (inner.getCause() != null) {
                inner = inner.getCause();
            } else if (inner.getSuppressed().length > 0) {
                inner = inner.getSuppressed()[0];
            } else {
                break;
            }
        }
        String message =
                Objects.requireNonNullElse(inner.getMessage(), inner.getClass().getSimpleName());
        String line = message.lines().findFirst().orElse(message).strip();
        return line.endsWith(".") ? line : line + ".";
    }
}
