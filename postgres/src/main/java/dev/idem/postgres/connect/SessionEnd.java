package dev.idem.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/** The end of a session that one side has not told the other of. */
public final class SessionEnd {
    private SessionEnd() {}

    /**
     * Whether the server's farewell has arrived: it sends one when it ends a session, and the driver looks only when it next
     * reads. Costs no round trip. A server that was killed, or a balancer, sends none.
     *
     * @param connection outside of a transaction
     */
    public static boolean hasArrived(Connection connection) {
        try {
            connection.unwrap(BaseConnection.class).getQueryExecutor().processNotifies();
            return false;
        } catch (SQLException farewell) {
            return true;
        }
    }

    /**
     * Asks the server to end the statement of a connection that the driver has closed, after a timeout for example. The server does
     * not notice that its client has gone while the statement waits for a lock. Does nothing if the server is unreachable.
     */
    public static void cancelAbandoned(Connection closed) {
        try {
            closed.unwrap(BaseConnection.class).getQueryExecutor().sendQueryCancel();
        } catch (SQLException unreachable) {
            // Then there is no session either, or it ends with the server's own timeout.
        }
    }
}
