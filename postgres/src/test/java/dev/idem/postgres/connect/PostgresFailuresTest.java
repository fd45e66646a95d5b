package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void aMistakeOfOursIsNotHidden() {
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

    private static Optional<StoreUnavailableException> unavailable(SQLException failure) {
        return PostgresFailures.unavailable("postgresql", new IllegalStateException(failure));
    }
}
