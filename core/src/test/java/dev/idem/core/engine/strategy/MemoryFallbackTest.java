package dev.idem.core.engine.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.memory.MemoryStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class MemoryFallbackTest {
    private final ClaimRequest request = Sample.of(new Scope("user:1"), "k").request();
    private final MemoryFallback memory =
            new MemoryFallback(new MemoryStore(1 << 20, InstantSource.system()), SharedAnswers.NONE);

    @Test
    void itDecidesWhileNoStoreIsAvailableIfThePolicyAllowsThat() {
        StoreUnavailableException away = failure(UnavailableReason.TIMEOUT);

        assertThatThrownBy(() -> memory.claim(request, OnStoreFailure.CLOSED, away))
                .isSameAs(away);
        assertThat(memory.claim(request, OnStoreFailure.OPEN, away)).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void itNeverDecidesBecauseOfAConflictInAStoreThatIsWell() {
        StoreUnavailableException conflict = failure(UnavailableReason.CONFLICT);

        assertThatThrownBy(() -> memory.claim(request, OnStoreFailure.OPEN, conflict))
                .isSameAs(conflict);
    }

    @Test
    void itNeverDecidesBecauseThisProcessHadNoConnectionFree() {
        StoreUnavailableException busy = failure(UnavailableReason.BUSY);

        assertThatThrownBy(() -> memory.claim(request, OnStoreFailure.OPEN, busy))
                .isSameAs(busy);
        assertThatThrownBy(() -> memory.find(request, OnStoreFailure.OPEN, busy))
                .isSameAs(busy);
    }

    private static StoreUnavailableException failure(UnavailableReason reason) {
        return new StoreUnavailableException("postgresql", reason, "why", "advice", null);
    }
}
