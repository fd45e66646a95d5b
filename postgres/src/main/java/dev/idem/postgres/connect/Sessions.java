package dev.idem.postgres.connect;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.locator.ClasspathSqlLocator;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;

/**
 * Learns once of each session where the tables are, and whether a pooler lies between. Through a pooler, statements are not
 * prepared in the server: the next transaction may have another session, which does not know them. Thread-safe.
 */
public final class Sessions {
    /** The driver's default. Another number in the URL says that the pooler supports it. */
    private static final int USUAL_PREPARE_THRESHOLD = 5;

    private static final String QUESTION =
            ClasspathSqlLocator.removingComments().locate("dev/idem/postgres/connect/session");

    /**
     * What a session's transactions have to mind.
     *
     * @param throughPooler whether a pooler lies between, which may give each transaction another session
     * @param found whether {@code search_path} leads to the layer's tables
     * @param place the schema of these tables, quoted, if it is known
     */
    private record SessionFacts(boolean throughPooler, boolean found, Optional<String> place) {}

    private final Map<Connection, SessionFacts> known = Collections.synchronizedMap(new WeakHashMap<>());

    /** Connections about which this object knows all it needs. */
    ConnectionFactory of(ConnectionFactory connections) {
        return new ConnectionFactory() {
            @Override
            public Connection openConnection() throws SQLException {
                Connection connection = connections.openConnection();
                try {
                    learn(connection);
                    return connection;
                } catch (SQLException | RuntimeException e) {
                    connections.closeConnection(connection);
                    throw e;
                }
            }

            @Override
            public void closeConnection(Connection connection) throws SQLException {
                connections.closeConnection(connection);
            }
        };
    }

    /**
     * The schema of the layer's tables, quoted, if this connection's {@code search_path} does not lead to them.
     *
     * @param connection may be in a transaction, unless that has failed
     */
    public Optional<String> placeOfTables(Connection connection) throws SQLException {
        SessionFacts facts = of(connection.unwrap(BaseConnection.class));
        return facts.found() ? Optional.empty() : facts.place();
    }

    /**
     * The schema of the layer's tables, quoted, which is theirs whatever a transaction makes of its {@code search_path}; empty if there are
     * no tables, or several and {@code search_path} leads to none. The first call for a connection asks the server.
     *
     * @param connection may be in a transaction, unless that has failed
     */
    public Optional<String> schemaOfTables(Connection connection) throws SQLException {
        return of(connection.unwrap(BaseConnection.class)).place();
    }

    /** Whether a pooler lies between, which may give each transaction another session. */
    public boolean isThroughPooler(Connection connection) throws SQLException {
        return of(connection.unwrap(BaseConnection.class)).throughPooler();
    }

    /** For a connection that is not in a transaction, and is not left in one. */
    private void learn(Connection connection) throws SQLException {
        BaseConnection session = connection.unwrap(BaseConnection.class);
        if (!known.containsKey(session)) {
            SessionFacts unused = of(session);
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
        }
    }

    private SessionFacts of(BaseConnection session) throws SQLException {
        @Nullable SessionFacts facts = known.get(session);
        if (facts == null) {
            facts = ask(session);
            if (facts.throughPooler() && session.getPrepareThreshold() == USUAL_PREPARE_THRESHOLD) {
                session.setPrepareThreshold(0);
            }
            known.put(session, facts);
        }
        return facts;
    }

    private SessionFacts ask(BaseConnection session) throws SQLException {
        try (Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(QUESTION)) {
            row.next();
            return new SessionFacts(
                    row.getInt("process") != session.getBackendPID(),
                    row.getBoolean("found"),
                    Optional.ofNullable(row.getString("place")));
        }
    }
}
