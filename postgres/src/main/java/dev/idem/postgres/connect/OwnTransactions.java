package dev.idem.postgres.connect;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilder;
import org.jdbi.v3.core.statement.StatementBuilderFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Gives each transaction READ COMMITTED and timeouts of its own, whatever the database's or the role's defaults are. The
 * settings travel with the transaction's first statement, so they cost no round trip. They end with the transaction, so a
 * shared connection keeps its own. A read-only default stays in force: it is how an administrator stops writes. Thread-safe.
 *
 * <p>The server's timeouts end before the client's ({@link Connection#getNetworkTimeout}). A statement that the client has given
 * up must not wait on in the server and hold its connection.
 */
final class OwnTransactions extends DefaultStatementBuilder implements StatementBuilderFactory, StatementCustomizer {
    private static final String LEADING_RESULTS = OwnTransactions.class.getName();
    /** For a client that has no timeout. */
    private static final int LOCK_MILLIS = 5_000;

    /** For a client that has no timeout. */
    private static final int STATEMENT_MILLIS = 60_000;

    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    private final Sessions sessions;

    OwnTransactions(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public StatementBuilder createStatementBuilder(Connection connection) {
        return this;
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        boolean alone = connection.getAutoCommit();
        if (!alone && state(connection) != TransactionState.IDLE) {
            return super.create(connection, sql, context);
        }
        // In a transaction, the driver sends BEGIN before these.
        List<String> settings = new ArrayList<>();
        settings.add(alone ? "BEGIN ISOLATION LEVEL READ COMMITTED" : "SET TRANSACTION ISOLATION LEVEL READ COMMITTED");
        settings.addAll(timeouts(connection, alone));
        sessions.placeOfTables(connection).ifPresent(place -> settings.add("SET LOCAL search_path = " + place));
        context.define(LEADING_RESULTS, settings.size());
        return super.create(
                connection, String.join("; ", settings) + ";\n" + sql + (alone ? ";\nCOMMIT" : ""), context);
    }

    /** Skips the results of the settings. */
    @Override
    public void afterExecution(PreparedStatement statement, StatementContext context) throws SQLException {
        if (context.getAttribute(LEADING_RESULTS) instanceof Integer results) {
            for (int i = 0; i < results; i++) {
                statement.getMoreResults();
            }
        }
    }

    /** After a failure the server skips our COMMIT, and the driver does not know of our BEGIN. */
    @Override
    public void close(Connection connection, String sql, Statement statement) throws SQLException {
        super.close(connection, sql, statement);
        if (!connection.isClosed() && connection.getAutoCommit() && state(connection) != TransactionState.IDLE) {
            try (Statement rollback = connection.createStatement()) {
                rollback.execute("ROLLBACK");
            }
        }
    }

    private static TransactionState state(Connection connection) throws SQLException {
        return connection.unwrap(BaseConnection.class).getTransactionState();
    }

    private static List<String> timeouts(Connection connection, boolean alone) throws SQLException {
        int client = connection.getNetworkTimeout();
        int lock = client == 0 ? LOCK_MILLIS : client / 5 * 3;
        int statement = client == 0 ? STATEMENT_MILLIS : client / 5 * 4;
        List<String> timeouts = new ArrayList<>(
                List.of("SET LOCAL lock_timeout = " + lock, "SET LOCAL statement_timeout = " + statement));
        if (!alone) {
            timeouts.add("SET LOCAL idle_in_transaction_session_timeout = 0");
        }
        if (connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT) {
            timeouts.add("SET LOCAL transaction_timeout = 0");
        }
        return timeouts;
    }
}
