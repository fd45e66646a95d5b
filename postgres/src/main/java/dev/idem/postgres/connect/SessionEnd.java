package dev.idem.postgres.connect;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/** Notices that the server has ended a session. It says so when it does, and the driver looks only when it next reads. */
public final class SessionEnd {
    private SessionEnd() {}

    /**
     * Whether the server's farewell has arrived. Costs no round trip. A server that was killed, or a balancer, says none.
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
}
