package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.schema.Tables;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** One connection, which waits two seconds for the server and is used again and again. */
@ExtendWith(ServersExtension.class)
final class ServerTimeoutIT {
    private final TestDatabase server;
    private final DataSource pool;
    private final PostgresStore store;

    ServerTimeoutIT(TestDatabase server) {
        Tables.in(server);
        PoolProperties properties = new PoolProperties();
        properties.setUrl(server.jdbcUrl() + "&socketTimeout=2");
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(1);
        this.server = server;
        this.pool = new DataSource(properties);
        this.store = PostgresStore.always(StoreJdbi.on(pool));
    }

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void aStatementEndsInTheServerBeforeItsClientGivesUp() throws Exception {
        store.claim(request("held"));
        try (Connection other = DriverManager.getConnection(server.jdbcUrl())) {
            other.setAutoCommit(false);
            other.createStatement().execute("LOCK TABLE idempotency_records");

            assertThatThrownBy(() -> store.claim(request("waits")))
                    .isInstanceOfSatisfying(StoreUnavailableException.class, e -> assertThat(e.reason())
                            .isEqualTo(UnavailableReason.TIMEOUT));

            assertThat(other.createStatement()
                            .executeQuery("SELECT FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND pid <> pg_backend_pid() AND state <> 'idle'")
                            .next())
                    .as("a backend that goes on, or an open transaction")
                    .isFalse();
        }
        assertThat(store.claim(request("waits"))).isNotNull();
    }

    @Test
    void theSessionKeepsItsOwnSettings() throws SQLException {
        try (Connection connection = pool.getConnection()) {
            connection.createStatement().execute("SET lock_timeout = '7ms'");
            connection.createStatement().execute("SET default_transaction_isolation = 'serializable'");
        }

        store.claim(request("settings"));

        assertThat(setting("lock_timeout")).isEqualTo("7ms");
        assertThat(setting("statement_timeout")).isEqualTo("0");
        assertThat(setting("transaction_isolation")).isEqualTo("serializable");
    }

    @Test
    void aTableThatGetsAColumnBetweenTwoStatementsIsReadAsBefore() throws SQLException {
        PostgresRecords records = new PostgresRecords(StoreJdbi.on(pool));
        store.claim(request("prepared"));
        RecordId id = request("prepared").id();
        for (int i = 0;
                i < 10;
                i++) { // the driver prepares a statement in the server when it is used for the fifth time
            assertThat(records.find(id)).isPresent();
        }
        try (Connection migration = DriverManager.getConnection(server.jdbcUrl())) {
            migration.createStatement().execute("ALTER TABLE idempotency_records ADD COLUMN of_a_later_release text");
        }

        assertThat(records.find(id)).isPresent();
        assertThat(store.claim(request("prepared"))).isNotNull();
    }

    private String setting(String name) throws SQLException {
        try (Connection connection = pool.getConnection();
                ResultSet row = connection.createStatement().executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    private static ClaimRequest request(String key) {
        return new ClaimRequest(
                new RecordId(new Scope("timeouts"), key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                new ClaimOrigin("node-1", "POST /"));
    }
}
