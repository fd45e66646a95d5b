package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.probe.PostgresProbe;
import dev.idem.postgres.schema.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A PostgreSQL that answers every query, and in which each test breaks something else. */
@ExtendWith(ServersExtension.class)
final class PostgresProbeIT {
    private final TestDatabase server;

    PostgresProbeIT(TestDatabase server) {
        Tables.in(server);
        this.server = server;
    }

    private PostgresProbe probe(String role) {
        return new PostgresProbe(PostgresStore.NAME, StoreJdbi.on(() -> connectAs(role)));
    }

    private Connection connectAs(String role) throws SQLException {
        Connection connection = DriverManager.getConnection(server.jdbcUrl() + "&socketTimeout=1");
        try (Statement become = connection.createStatement()) {
            become.execute("SET ROLE " + role);
        }
        return connection;
    }

    private String roleThat(String settings) throws SQLException {
        String role = "r" + Long.toHexString(System.nanoTime());
        change("CREATE ROLE " + role + "; GRANT ALL ON ALL TABLES IN SCHEMA public TO " + role + "; "
                + settings.replace("ROLE", role));
        return role;
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static StoreUnavailableException failure(PostgresProbe probe) {
        return catchThrowableOfType(StoreUnavailableException.class, probe::run);
    }

    @Test
    void itLeavesNothing() throws Exception {
        probe(roleThat("")).run();

        try (Connection connection = DriverManager.getConnection(server.jdbcUrl());
                ResultSet rows =
                        connection.createStatement().executeQuery("SELECT count(*) FROM idempotency_records")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isZero();
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsReadOnly() throws Exception {
        PostgresProbe probe = new PostgresProbe(
                PostgresStore.NAME,
                StoreJdbi.on(() -> DriverManager.getConnection(
                        server.jdbcUrl() + "&options=-c%20default_transaction_read_only=on")));

        assertThat(failure(probe).reason()).isEqualTo(UnavailableReason.READ_ONLY);
    }

    @Test
    void aRoleThatMayNotWriteLacksARight() throws Exception {
        PostgresProbe probe = probe(roleThat("REVOKE INSERT ON idempotency_records FROM ROLE"));

        StoreUnavailableException refused = failure(probe);

        assertThat(refused.reason()).isEqualTo(UnavailableReason.PERMISSION);
        assertThat(refused.why()).contains("idempotency_records");
        assertThat(refused.advice()).contains("GRANT");
    }

    @Test
    void aTableThatIsLockedTakesNoWrites() throws Exception {
        PostgresProbe probe = probe(roleThat(""));
        try (Connection other = DriverManager.getConnection(server.jdbcUrl())) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE idempotency_records");

            assertThat(failure(probe).reason()).isEqualTo(UnavailableReason.TIMEOUT);
        }
        probe.run();
    }
}
