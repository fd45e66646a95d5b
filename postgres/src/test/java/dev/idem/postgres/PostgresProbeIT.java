package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.probe.PostgresProbe;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.postgres.schema.Tables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "INSERT", "UPDATE", "DELETE"})
    void aRoleThatMayNotWriteLacksARight(String right) throws Exception {
        PostgresProbe probe = probe(roleThat("REVOKE " + right + " ON idempotency_records FROM ROLE"));

        StoreUnavailableException refused = failure(probe);

        assertThat(refused.reason()).isEqualTo(UnavailableReason.PERMISSION);
        assertThat(refused.why()).contains("idempotency_records");
        assertThat(refused.advice()).contains("GRANT");
    }

    @Test
    void theRightsInTheManualAreEnoughAndEachThatIsLackingIsNamed() throws Exception {
        String role = "r" + Long.toHexString(System.nanoTime());
        change("CREATE ROLE " + role);
        PostgresRights rights = new PostgresRights(PostgresStore.NAME, StoreJdbi.on(() -> connectAs(role)));
        change("REVOKE EXECUTE ON FUNCTION idempotency_pass FROM PUBLIC");
        assertThat(rights.lacking())
                .hasSizeGreaterThan(15)
                .contains("EXECUTE on function idempotency_pass", "SELECT on databasechangelog");

        for (String grant : grantsOfTheManual()) {
            change(grant.replace("idem_service", role));
        }

        assertThat(rights.lacking()).isEmpty();
        probe(role).run();
        change("REVOKE UPDATE ON idempotency_trust FROM " + role);
        assertThat(rights.lacking()).containsExactly("UPDATE on idempotency_trust");
    }

    /** Those of the idempotency tables. */
    private static List<String> grantsOfTheManual() throws IOException {
        Path manual = Path.of(System.getProperty("project.root"), "docs", "operations.md");
        return Files.readString(manual)
                .lines()
                .filter(line -> line.startsWith("GRANT ") && line.contains("idempotency_"))
                .toList();
    }

    @Test
    void whatFollowsAFailureInATransactionIsNotItsCause() {
        SQLException refused = new SQLException("ERROR: permission denied for table t", "42501");
        SQLException after = new SQLException("ERROR: current transaction is aborted", "25P02", refused);

        assertThat(PostgresFailures.unavailable(PostgresStore.NAME, after))
                .hasValueSatisfying(failure -> assertThat(failure.reason()).isEqualTo(UnavailableReason.PERMISSION));
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
