package dev.idem.postgres.connect;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.ServerErrorMessage;

/** Failures after which the same transaction may succeed, although PostgreSQL is well. */
final class RepeatableFailure {
    private static final Set<String> STATES = Set.of(
            "40001", // serialization failure: PostgreSQL's manual, section 13.5, asks for a repeated transaction
            "40P01", // deadlock, the same
            "26000"); // a pooler gave the transaction a session that has not prepared the statement

    /** Where the server finds that a table has other columns than when the statement was prepared. */
    private static final String CHANGED_TABLE = "RevalidateCachedQuery";

    private RepeatableFailure() {}

    static boolean is(Throwable failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException refused) {
                return STATES.contains(String.valueOf(refused.getSQLState())) || isOfChangedTable(refused);
            }
        }
        return false;
    }

    private static boolean isOfChangedTable(SQLException refused) {
        return ServerReply.of(refused)
                .map(ServerErrorMessage::getRoutine)
                .filter(CHANGED_TABLE::equals)
                .isPresent();
    }
}
