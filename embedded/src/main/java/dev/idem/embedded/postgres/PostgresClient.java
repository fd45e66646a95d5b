package dev.idem.embedded.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;

/** Sends SQL statements to an embedded PostgreSQL. */
record PostgresClient(PostgresSettings settings) {

    /** Exists from the beginning. Unlike template1, it may have connections while a database is created. */
    private static final String MAINTENANCE = "postgres";

    private static final Duration ANSWER = Duration.ofSeconds(2);
    private static final Duration CREATION = Duration.ofSeconds(60);

    /** With SCRAM the server, too, proves that it knows this directory's generated password. */
    boolean answers() {
        try (Connection connection = connect(PostgresServer.DATABASE, ANSWER)) {
            return connection.isValid((int) ANSWER.toSeconds());
        } catch (SQLException noneOrNotReadyOrNotOurs) {
            return false;
        }
    }

    void createDatabaseIfMissing(String name) throws SQLException {
        try (Connection connection = connect(MAINTENANCE, CREATION);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + name + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + name);
            }
        }
    }

    /** Copies files: half the work of writing each page to the log. Fails if the template has connections. */
    void createCopy(String name, String template) throws SQLException {
        try (Connection connection = connect(MAINTENANCE, CREATION);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy");
        }
    }

    private Connection connect(String database, Duration answer) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("connectTimeout", Long.toString(answer.toSeconds()));
        properties.setProperty("socketTimeout", Long.toString(answer.toSeconds()));
        return DriverManager.getConnection(settings.jdbcUrl(database), properties);
    }
}
