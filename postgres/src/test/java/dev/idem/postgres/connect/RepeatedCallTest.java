package dev.idem.postgres.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.store.StoreUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.ConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RepeatedCallTest {
    private final AtomicInteger calls = new AtomicInteger();

    private int failing(int times, String state) {
        if (calls.incrementAndGet() <= times) {
            throw new ConnectionException(new SQLException("refused", state));
        }
        return calls.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "26000"})
    void whatMaySucceedIsRepeated(String state) {
        assertThat(PostgresFailures.translate("postgresql", () -> failing(2, state)))
                .isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57014", "55P03", "53300", "25006"})
    void anUnavailableStoreIsNotAskedAgain(String state) {
        assertThatThrownBy(() -> PostgresFailures.translate("postgresql", () -> failing(2, state)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(calls).hasValue(1);
    }

    @Test
    void conflictsWithoutEndAreAnUnavailableStore() {
        assertThatThrownBy(() -> PostgresFailures.translate("postgresql", () -> failing(Integer.MAX_VALUE, "40001")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(calls).hasValueGreaterThan(1);
    }

    @Test
    void aCallThatPassesResultsOnIsMadeOnce() {
        assertThatThrownBy(() -> PostgresFailures.translateOnce("postgresql", () -> failing(1, "40001")))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(calls).hasValue(1);
    }
}
