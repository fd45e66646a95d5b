package dev.idem.dropwizard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sessions that the server ends, and sessions that the client gives up. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class StaleConnectionCheckIT {
    private static final int PLACES = 2;

    private final DataSource pool;
    private final TestDatabase server;
    private Connection watching;

    StaleConnectionCheckIT(TestDatabase server) {
        this.server = server;
        PoolProperties properties = new PoolProperties();
        properties.setUrl(server.jdbcUrl() + "&socketTimeout=1&cancelSignalTimeout=1");
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setInitialSize(0);
        properties.setMaxActive(PLACES);
        properties.setTestOnBorrow(true);
        properties.setValidationInterval(0);
        properties.setValidatorClassName(StaleConnectionCheck.class.getName());
        pool = new DataSource(properties);
    }

    @BeforeEach
    void watch() throws SQLException {
        watching = DriverManager.getConnection(server.jdbcUrl());
        watching.createStatement().execute("CREATE TABLE held (line int)");
    }

    @AfterEach
    void close() throws SQLException {
        watching.close();
        pool.close();
    }

    @Test
    void everySessionThatTheServerHasEndedIsReplacedBeforeItsUse() throws SQLException {
        for (int round = 0; round < 3; round++) {
            useAllPlaces();
            watching.createStatement()
                    .execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        }
        useAllPlaces();
    }

    @Test
    void whatAClientHasGivenUpDoesNotWaitOnBesideItsSuccessor() throws SQLException {
        watching.setAutoCommit(false);
        watching.createStatement().execute("LOCK TABLE held");
        for (int i = 0; i <= PLACES; i++) {
            try (Connection connection = pool.getConnection()) {
                assertThatThrownBy(() -> connection.createStatement().execute("INSERT INTO held VALUES (1)"))
                        .isInstanceOf(SQLException.class);
            }
            assertThat(waiting()).isLessThanOrEqualTo(PLACES);
        }
        watching.rollback();
    }

    /** As after a failover, when the old server is still there: the name may lead to the new one. */
    @Test
    void oneToAServerThatTakesNoWritesIsReplacedAndNoOther() throws SQLException {
        int before = session(pool);
        try (ResultSet name = watching.createStatement().executeQuery("SELECT current_database()")) {
            name.next();
            watching.createStatement()
                    .execute("ALTER DATABASE " + name.getString(1) + " SET default_transaction_read_only = on");
        }
        DataSource other = new DataSource(pool.getPoolProperties());
        try {
            int readOnly = session(other);
            await().until(() -> session(other) != readOnly);
        } finally {
            other.close();
        }
        assertThat(session(pool)).isEqualTo(before);
    }

    private static int session(DataSource pool) throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            return row.getInt(1);
        }
    }

    private void useAllPlaces() throws SQLException {
        List<Connection> taken = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            taken.add(pool.getConnection());
        }
        for (Connection connection : taken) {
            connection.createStatement().execute("SELECT 1");
            connection.close();
        }
    }

    private int waiting() throws SQLException {
        try (ResultSet count = watching.createStatement()
                .executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND wait_event_type = 'Lock'")) {
            count.next();
            return count.getInt(1);
        }
    }
}
