package dev.idem.postgres.schema;

import dev.idem.postgres.connect.Sessions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * A connection on which only this process migrates. Liquibase's own lock is not enough. Liquibase creates tables before it takes
 * the lock, which fails if two processes do so together. It also prints to standard output while it waits.
 */
final class MigrationConnection implements AutoCloseable {
    private static final Duration BETWEEN_TRIES = Duration.ofMillis(100);

    private final SchemaStatements statements = new SchemaStatements();
    private final Connection connection;
    private final boolean autoCommit;
    private final String searchPath;
    private final Map<String, String> timeouts;

    private MigrationConnection(Connection connection) throws SQLException {
        this.connection = connection;
        this.autoCommit = connection.getAutoCommit();
        this.searchPath = text("SHOW search_path");
        this.timeouts = timeouts();
    }

    /** Opens a connection and waits for the migration lock. */
    static MigrationConnection open(DataSource dataSource, Duration patience) throws SQLException {
        Connection connection = dataSource.getConnection();
        try {
            Sessions sessions = new Sessions();
            if (sessions.isThroughPooler(connection)) {
                throw new SchemaException(Schema.NEEDS_ITS_OWN_SESSION);
            }
            Optional<String> place = sessions.placeOfTables(connection);
            MigrationConnection mine = new MigrationConnection(connection);
            if (place.isPresent()) {
                mine.setting("search_path", place.get()); // not a second set of tables elsewhere
            }
            for (String timeout : mine.timeouts.keySet()) {
                mine.setting(timeout, "0"); // a change takes as long as it takes
            }
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
        long deadline = System.nanoTime() + patience.toNanos();
        while (!tryTurn()) {
            if (System.nanoTime() - deadline > 0) {
                throw new SchemaException(
                        "another migration of this database has not ended yet: try again when it has.");
            }
            pause();
        }
        connection.setAutoCommit(false);
        try {
            requireUnlocked();
        } catch (SQLException | SchemaException e) {
            endTurn();
            throw e;
        }
    }

    /** Outside of transactions, so that nobody waits for this one. */
    private boolean tryTurn() throws SQLException {
        connection.setAutoCommit(true);
        try (Statement statement = connection.createStatement();
                ResultSet taken = statement.executeQuery(statements.load("take_turn"))) {
            taken.next();
            boolean ours = taken.getBoolean(1);
            connection.setAutoCommit(autoCommit);
            return ours;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_TRIES.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SchemaException("interrupted while another migration runs", e);
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

    /** Restores what Liquibase and this class have changed: the connection's next user does not expect that. */
    private void restore() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(autoCommit);
        setting("search_path", searchPath);
        for (Map.Entry<String, String> timeout : timeouts.entrySet()) {
            setting(timeout.getKey(), timeout.getValue());
        }
    }

    /** Those of the server that could end a session or a statement, as they are. */
    private Map<String, String> timeouts() throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(statements.load("timeouts"))) {
            while (rows.next()) {
                settings.put(rows.getString("name"), rows.getString("setting"));
            }
        }
        return Map.copyOf(settings);
    }

    private void setting(String name, String value) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("SELECT set_config(?, ?, false)")) {
            statement.setString(1, name);
            statement.setString(2, value);
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
