package dev.idem.http.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.memory.MemoryStore;
import org.junit.jupiter.api.Test;

/** A refusal names the store that was to decide, not all of them. */
final class RefusalProblemsTest {
    @Test
    void aStrictRouteNeedsPostgresqlAndSaysSo() {
        assertThat(detail(Consistency.STRICT, new StoreUnavailableException("postgresql", "circuit breaker open")))
                .isEqualTo("PostgreSQL is unavailable, which alone decides on routes with consistency: strict."
                        + " A repeat could not be detected; nothing was executed.");
    }

    @Test
    void aFastRouteNeedsItWhileRedisIsNotTrusted() {
        assertThat(detail(Consistency.FAST, new StoreUnavailableException("postgresql", "circuit breaker open")))
                .startsWith("PostgreSQL is unavailable, which decides while Redis is not trusted.");
    }

    @Test
    void whatIsNoStoreOfAllNodesIsNotNamed() {
        assertThat(detail(Consistency.FAST, new StoreUnavailableException(MemoryStore.NAME, "it is full")))
                .startsWith("No store can decide now.");
    }

    @Test
    void aConflictIsNotCalledAnAbsence() {
        StoreUnavailableException conflict =
                new StoreUnavailableException("postgresql", UnavailableReason.CONFLICT, "deadlock detected", "", null);
        assertThat(detail(Consistency.STRICT, conflict))
                .startsWith("Other transactions keep changing the same record.");
    }

    private static String detail(Consistency consistency, StoreUnavailableException why) {
        return RefusalProblems.storeUnavailable(null, consistency, why)
                .problem()
                .detail();
    }
}
