package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.net.ConnectException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PostgresFailuresTest {

    @ParameterizedTest
    @CsvSource({
        "25006, READ_ONLY",
        "42501, PERMISSION",
        "28P01, AUTHENTICATION",
        "53100, FULL",
        "53300, FULL",
        "53400, STATEMENT_FAILED",
        "57014, TIMEOUT",
        "08P01, WRONG_SERVER",
        "57P03, OTHER",
        "3D000, OTHER"
    })
    void theStateSaysWhy(String state, UnavailableReason reason) {
        Optional<StoreUnavailableException> failure = unavailable(new SQLException("why", state));

        assertThat(failure.map(StoreUnavailableException::reason)).contains(reason);
        assertThat(failure.map(StoreUnavailableException::advice).orElse("")).contains("DATABASE_URL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aConflictIsNotTakenForAServerThatIsAway(String state) {
        Optional<StoreUnavailableException> failure = unavailable(new SQLException("why", state));

        assertThat(failure.map(StoreUnavailableException::reason)).contains(UnavailableReason.CONFLICT);
        assertThat(failure.map(StoreUnavailableException::advice).orElse(""))
                .contains("Nothing is broken")
                .doesNotContain("runs");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            08001 | Connection attempt timed out.                                                | TIMEOUT
            08004 | The server does not support SSL.                                             | TLS
            08004 | The server requested password-based authentication, but no password was given | AUTHENTICATION
            """)
    void theDriversOwnComplaintsAreToldApart(String state, String message, UnavailableReason reason) {
        assertThat(unavailable(new SQLException(message, state)).map(StoreUnavailableException::reason))
                .contains(reason);
    }

    /** As Tomcat's pool has it. */
    private static final class PoolExhaustedException extends SQLException {
        private static final long serialVersionUID = 1L;

        PoolExhaustedException() {
            this(4, 4);
        }

        PoolExhaustedException(int size, int busy) {
            super("[a-thread] Timeout: Pool empty. Unable to fetch a connection in 1 seconds, none available[size:"
                    + size + "; busy:" + busy + "; idle:0; lastwait:1000].");
        }
    }

    /** What pools throw whose connections are all in use, or which are closed. */
    static Stream<Exception> ofAPoolAlone() {
        return Stream.of(
                new PoolExhaustedException(),
                new ConnectionException(new PoolExhaustedException()),
                new ConnectionException(new PoolExhaustedException(32, 31)), // one is just being checked
                new SQLTransientConnectionException(
                        "HikariPool-1 - Connection is not available, request timed out after 1000ms (total=4, active=4)"),
                new SQLException(
                        "Cannot get a connection, pool error Timeout waiting for idle object",
                        new NoSuchElementException("Timeout waiting for idle object")),
                new SQLException("An attempt to checkout a Connection has timed out.", new TimeoutException("timeout")),
                new ConnectionException(new SQLException("Sorry, acquisition timeout!")),
                new ConnectionException(new SQLException("Connection pool closed.")),
                new ConnectionException(new SQLException("Pool wait interrupted.", new InterruptedException())));
    }

    @ParameterizedTest
    @MethodSource("ofAPoolAlone")
    void aPoolThatIsInUseSaysNothingOfTheServer(Exception failure) {
        Optional<StoreUnavailableException> unavailable = PostgresFailures.unavailable("postgresql", failure);

        assertThat(unavailable.map(StoreUnavailableException::reason)).contains(UnavailableReason.BUSY);
        assertThat(unavailable.map(StoreUnavailableException::advice).orElse(""))
                .contains("pool larger")
                .doesNotContain("PostgreSQL");
    }

    /** What pools throw that have none of their connections in use: they still wait for the server. */
    static Stream<Exception> ofAPoolThatWaitsForItsServer() {
        return Stream.of(
                new PoolExhaustedException(4, 0),
                new ConnectionException(new PoolExhaustedException(4, 1)),
                new ConnectionException(new SQLTransientConnectionException(
                        "HikariPool-1 - Connection is not available, request timed out after 1000ms"
                                + " (total=0, active=0, idle=0, waiting=3)")));
    }

    @ParameterizedTest
    @MethodSource("ofAPoolThatWaitsForItsServer")
    void aPoolThatOpensConnectionsForSoLongHasASilentServer(Exception failure) {
        Optional<StoreUnavailableException> unavailable = PostgresFailures.unavailable("postgresql", failure);

        assertThat(unavailable.map(StoreUnavailableException::reason)).contains(UnavailableReason.TIMEOUT);
        assertThat(unavailable.map(StoreUnavailableException::why).orElse("")).startsWith("it did not answer");
        assertThat(unavailable.map(StoreUnavailableException::advice).orElse(""))
                .contains("the network")
                .doesNotContain("pool");
        assertThat(PostgresFailures.isSilence(failure)).isTrue();
    }

    /** What pools throw when the server refuses: the driver's exception is the cause, and some copy its state. */
    static Stream<Arguments> ofAServerBehindAPool() {
        SQLException refused = new SQLException("Connection refused.", "08001", new ConnectException("refused"));
        SQLException full = new SQLException("FATAL: sorry, too many clients already", "53300");
        return Stream.of(
                arguments(new ConnectionException(refused), UnavailableReason.REFUSED),
                arguments(
                        new SQLTransientConnectionException("not available, request timed out", "08001", refused),
                        UnavailableReason.REFUSED),
                arguments(
                        new ConnectionException(new SQLException("Cannot create PoolableConnectionFactory", refused)),
                        UnavailableReason.REFUSED),
                arguments(new ConnectionException(full), UnavailableReason.FULL),
                arguments(
                        new SQLTransientConnectionException("not available, request timed out", "53300", full),
                        UnavailableReason.FULL),
                arguments(
                        new ConnectionException(new SQLException("no driver", new ClassNotFoundException("a.Driver"))),
                        UnavailableReason.OTHER));
    }

    @ParameterizedTest
    @MethodSource("ofAServerBehindAPool")
    void aServerThatRefusesIsSeenBehindItsPool(Exception failure, UnavailableReason reason) {
        assertThat(PostgresFailures.unavailable("postgresql", failure).map(StoreUnavailableException::reason))
                .contains(reason);
    }

    @Test
    void aMistakeOfOursIsNotHidden() {
        assertThat(PostgresFailures.unavailable("postgresql", new IllegalStateException(new NoSuchElementException())))
                .isEmpty();
        assertThat(unavailable(new SQLException("duplicate key", "23505"))).isEmpty();
        assertThat(unavailable(new SQLException("no such table", "42P01"))).isEmpty();
    }

    @Test
    void forAnOperatorAMissingTableIsAnUnavailableStore() {
        assertThat(PostgresFailures.forOperator(
                                "postgresql", new IllegalStateException(new SQLException("no such table", "42P01")))
                        .map(StoreUnavailableException::why)
                        .orElse(""))
                .contains("run: idem-admin migrate");
    }

    @Test
    void forAStatementOfOursAMissingTableIsAnUnavailableStore() {
        assertThatThrownBy(() -> PostgresFailures.translate("postgresql", () -> {
                    throw new UnableToExecuteStatementException(new SQLException("no such table", "42P01"), null);
                }))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("run: idem-admin migrate");
    }

    private static Optional<StoreUnavailableException> unavailable(SQLException failure) {
        return PostgresFailures.unavailable("postgresql", new IllegalStateException(failure));
    }
}
