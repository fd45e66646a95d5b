package dev.idem.dropwizard.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.connect.PostgresFailures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that accepts connections and says nothing, and one that is only slow. */
@ExtendWith(ServersExtension.class)
final class BoundedConnectionsIT {
    private static final Duration BOUND = Duration.ofMillis(300);
    private static final int PLACES = 2;

    private final String url;
    private final AtomicInteger opened = new AtomicInteger();

    BoundedConnectionsIT(TestDatabase server) {
        this.url = server.jdbcUrl();
    }

    private BoundedConnections to(ConnectionFactory pool) {
        return to(pool, Optional.empty());
    }

    private BoundedConnections to(ConnectionFactory pool, Optional<StoreUnavailableException> known) {
        return new BoundedConnections(
                new ConnectionFactory() {
                    @Override
                    public Connection openConnection() throws SQLException {
                        opened.incrementAndGet();
                        return pool.openConnection();
                    }

                    @Override
                    public void closeConnection(Connection connection) throws SQLException {
                        pool.closeConnection(connection);
                    }
                },
                PLACES,
                BOUND,
                () -> known);
    }

    private Connection open() throws SQLException {
        return DriverManager.getConnection(url);
    }

    @Test
    void theFirstCallerWaitsForASilentServerAndTheOthersDoNot() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String nowhere = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/idem?user=idem&socketTimeout=3";
            BoundedConnections own = to(() -> DriverManager.getConnection(nowhere));

            assertUnavailable(own.quick(), UnavailableReason.TIMEOUT);
            assertUnavailable(own.quick(), UnavailableReason.TIMEOUT);
            assertUnavailable(own.patient(), UnavailableReason.TIMEOUT);

            assertThat(opened).hasValue(1);
        }
    }

    @Test
    void oneTrialLetsItComeBack() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String nowhere = "jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/idem?user=idem&socketTimeout=3";
            AtomicInteger calls = new AtomicInteger();
            BoundedConnections own =
                    to(() -> calls.getAndIncrement() == 0 ? DriverManager.getConnection(nowhere) : open());
            assertUnavailable(own.quick(), UnavailableReason.TIMEOUT);

            await().ignoreException(StoreUnavailableException.class).untilAsserted(() -> useOnce(own.quick()));
        }
    }

    @Test
    void whatTheEngineKnowsIsNotTriedAgain() {
        StoreUnavailableException known =
                new StoreUnavailableException("postgresql", UnavailableReason.REFUSED, "refused", "Start it.", null);

        assertUnavailable(to(this::open, Optional.of(known)).patient(), UnavailableReason.REFUSED);
        assertThat(opened).hasValue(0);
    }

    /** A table that is locked or a disk that is full does not keep others from reading. */
    @Test
    void aServerThatRefusesTheProbeIsAskedAllTheSame() throws SQLException {
        StoreUnavailableException refused;
        try (Connection connection = open()) {
            refused = PostgresFailures.unavailable("postgresql", refusal(connection))
                    .orElseThrow();
        }
        assertThat(refused.reason()).isEqualTo(UnavailableReason.TIMEOUT);

        useOnce(to(this::open, Optional.of(refused)).quick());
    }

    private static SQLException refusal(Connection connection) throws SQLException {
        connection.createStatement().execute("SET statement_timeout = 1");
        try {
            connection.createStatement().execute("SELECT pg_sleep(5)");
            throw new AssertionError("it was not cut");
        } catch (SQLException e) {
            return e;
        }
    }

    /** Many slow lists say nothing about the server. */
    @Test
    void aBusyPoolIsNotASilentServer() throws SQLException {
        BoundedConnections own = to(this::open);
        Connection one = own.patient().openConnection();
        Connection two = own.patient().openConnection();

        assertUnavailable(own.quick(), UnavailableReason.BUSY);

        own.patient().closeConnection(one);
        useOnce(own.quick());
        own.patient().closeConnection(two);
    }

    /** A thread is not idle yet when the next caller comes. */
    @Test
    void oneFailureAfterAnotherLosesNoPlace() throws SQLException {
        AtomicBoolean refuses = new AtomicBoolean(true);
        BoundedConnections own = to(() -> {
            if (refuses.get()) {
                throw new SQLException("refused", "53300");
            }
            return open();
        });
        for (int i = 0; i < 20_000; i++) {
            assertThatThrownBy(own.patient()::openConnection).isNotInstanceOf(RejectedExecutionException.class);
        }

        refuses.set(false);
        Connection one = own.patient().openConnection();
        useOnce(own.patient());
        own.patient().closeConnection(one);
    }

    @Test
    void aListMayTakeLongerThanTheBoundAndALoginMayNot() throws SQLException {
        BoundedConnections own = to(this::open);
        Connection patient = own.patient().openConnection();
        patient.createStatement().execute("SELECT pg_sleep(0.5)");
        own.patient().closeConnection(patient);

        Connection quick = own.quick().openConnection();
        assertThatThrownBy(() -> quick.createStatement().execute("SELECT pg_sleep(5)"))
                .isInstanceOf(SQLException.class);
        own.quick().closeConnection(quick);
    }

    @Test
    void aConnectionGoesBackWithThePoolsOwnLimit() throws SQLException {
        try (Connection shared = DriverManager.getConnection(url + "&socketTimeout=4")) {
            BoundedConnections own = to(new ConnectionFactory() {
                @Override
                public Connection openConnection() {
                    return shared;
                }

                @Override
                public void closeConnection(Connection connection) {}
            });
            Connection quick = own.quick().openConnection();
            assertThat(quick.getNetworkTimeout()).isBetween(1, (int) BOUND.toMillis());
            own.quick().closeConnection(quick);

            assertThat(shared.getNetworkTimeout()).isEqualTo(4_000);
        }
    }

    private static void useOnce(ConnectionFactory connections) throws SQLException {
        Connection connection = connections.openConnection();
        try {
            connection.createStatement().execute("SELECT 1");
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
