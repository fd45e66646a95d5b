package dev.idem.postgres.schema;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;

/**
 * A connection on which this process alone migrates. Liquibase's own lock does not do: it creates tables before it takes
 * it, which fails when two do so together, and it waits for it aloud, on the standard output.
 */
final class MigrationConnection implements AutoCloseable {
    private final SchemaStatements statements = new SchemaStatements();
    private final Connection connection;
    private final boolean autoCommit;
    private final String searchPath;

    private MigrationConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.searchPath = text("SHOW search_path");
    }

    /** Waits for its turn. */
    static MigrationConnection open(DataSource dataSource, Duration patience) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            MigrationConnection mine = new MigrationConnection(connection);
            mine.takeTurn(patience);
            return mine;
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    Connection jdbc() {
        return connection;
    }

    private void takeTurn(Duration patience) throws SQLException {
        connection.setAutoCommit(false);
        try {
            setting("lock_timeout", patience.toMillis() + "ms", true);
            text(statements.load("take_turn"));
            connection.commit();
        } catch (SQLException e) {
            restore();
            throw e;
        }
        try {
            requireUnlocked();
        } catch (SQLException | SchemaException e) {
            endTurn();
            throw e;
        }
    }

    private void requireUnlocked() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet lock = statement.executeQuery(statements.load("locked_by"))) {
            if (lock.next()) {
                throw new SchemaException("the schema is locked by " + lock.getString("lockedby") + " since "
                        + lock.getTimestamp("lockgranted").toInstant() + ". Wait until that migration has ended; if it"
                        + " was killed, free the lock by: UPDATE databasechangeloglock SET locked = false");
            }
        } catch (SQLException e) {
            if (!SchemaFailures.hasState(e, SchemaFailures.UNDEFINED_TABLE)) {
                throw e;
            }
        } finally {
            connection.rollback();
        }
    }

    private void endTurn() throws SQLException {
        connection.rollback();
        text(statements.load("end_turn"));
        restore();
    }

    /** Liquibase leaves both changed, which the connection's next user would not expect. */
    private void restore() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        setting("search_path", searchPath, false);
    }

    private void setting(String name, String value, boolean forThisTransaction) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, value);
            statement.setBoolean(3, forThisTransaction);
            statement.execute();
        }
    }

    private String text(String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getString(1);
        }
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            endTurn();
        }
    }
}
