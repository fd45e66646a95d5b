package dev.idem.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.postgresql.PGConnection;

/** A server that takes no writes: a standby, or one that is read-only by default. Servers before PostgreSQL 14 do not say so. */
public final class ReadOnlyServer {
    private ReadOnlyServer() {}

    /** Whether the server at the other end has said that it takes no writes. Costs no round trip. */
    public static boolean isAt(Connection connection) throws SQLException {
        PGConnection session = connection.unwrap(PGConnection.class);
        return Stream.of("in_hot_standby", "default_transaction_read_only")
                .anyMatch(parameter -> "on".equals(session.getParameterStatus(parameter)));
    }
}
