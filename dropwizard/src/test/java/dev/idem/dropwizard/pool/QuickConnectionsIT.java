package dev.idem.dropwizard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import org.jdbi.v3.core.ConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Pools as applications have them: no timeout of the driver's, and half a minute of patience. */
@ExtendWith(ServersExtension.class)
@Timeout(20)
final class QuickConnectionsIT {
    private static final Duration BOUND = Duration.ofMillis(300);

    private final String url;
    private final PoolProperties settings = new PoolProperties();
    private final DataSource pool = new DataSource(settings);

    QuickConnectionsIT(TestDatabase server) {
        this.url = server.jdbcUrl();
        settings.setDriverClassName("org.postgresql.Driver");
        settings.setUrl(url);
        settings.setInitialSize(0);
        settings.setMinIdle(0);
        settings.setMaxActive(1);
        settings.setMaxWait(30_000);
    }

    @AfterEach
    void close() {
        pool.close(true);
    }

    private ConnectionFactory quick() {
        return QuickConnections.ofAll(pool, BOUND);
    }

    @Test
    void nobodyWaitsForASilentServerAndItIsNotTakenForAFullPool() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            settings.setUrl("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/idem?user=idem");
            ConnectionFactory quick = quick();

            assertUnavailable(quick, UnavailableReason.TIMEOUT);
            assertUnavailable(quick, UnavailableReason.TIMEOUT); // the first one's thread has the only place
        }
    }

    @Test
    void aFullPoolIsNotTakenForASilentServer() throws SQLException {
        ConnectionFactory quick = quick();
        try (Connection ofTheApplication = pool.getConnection()) {
            assertThat(ofTheApplication.isValid(5)).isTrue();
            assertUnavailable(quick, UnavailableReason.BUSY);
        }
        select(quick, "1");
    }

    @Test
    void aStatementEndsWithTheBoundAndThePoolsConnectionsKeepTheirOwn() throws SQLException {
        ConnectionFactory quick = quick();
        assertThatThrownBy(() -> select(quick, "pg_sleep(15)")).isInstanceOf(SQLException.class);

        select(quick, "1");
        try (Connection connection = pool.getConnection()) {
            assertThat(connection.getNetworkTimeout()).isZero();
        }
    }

    /** An export may have lifted the limit of the connection that it borrowed. */
    @Test
    void eachConnectionGetsItsOwnLimitBack() throws SQLException {
        settings.setUrl(url + "&socketTimeout=5");
        settings.setMaxActive(2);
        try (Connection ofAnExport = pool.getConnection();
                Connection other = pool.getConnection()) {
            ofAnExport.setNetworkTimeout(Runnable::run, 0);
            assertThat(other.getNetworkTimeout()).isEqualTo(5_000);
        }

        ConnectionFactory quick = quick();
        Connection one = quick.openConnection();
        Connection two = quick.openConnection();
        assertThat(List.of(one.getNetworkTimeout(), two.getNetworkTimeout()))
                .allMatch(limit -> limit > 0 && limit <= 300);
        quick.closeConnection(one);
        quick.closeConnection(two);

        try (Connection first = pool.getConnection();
                Connection second = pool.getConnection()) {
            assertThat(List.of(first.getNetworkTimeout(), second.getNetworkTimeout()))
                    .containsExactlyInAnyOrder(0, 5_000);
        }
    }

    private static void select(ConnectionFactory connections, String what) throws SQLException {
        Connection connection = connections.openConnection();
        try {
            connection.createStatement().execute("SELECT " + what);
        } finally {
            connections.closeConnection(connection);
        }
    }

    private static void assertUnavailable(ConnectionFactory connections, UnavailableReason reason) {
        assertThatThrownBy(connections::openConnection)
                .asInstanceOf(type(StoreUnavailableException.class))
                .extracting(StoreUnavailableException::reason)
                .isEqualTo(reason);
    }
}
