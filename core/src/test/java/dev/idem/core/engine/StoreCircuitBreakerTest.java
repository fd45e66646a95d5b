package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class StoreCircuitBreakerTest {
    private final AtomicInteger probes = new AtomicInteger();
    private final AtomicInteger thoroughProbes = new AtomicInteger();
    private boolean takesWrites = true;
    private boolean allowsAll = true;
    private boolean busy;
    private final StoreCircuitBreaker breaker = new StoreCircuitBreaker("redis", this::probe, EngineListener.NONE);

    private void probe(boolean thoroughly) {
        probes.incrementAndGet();
        if (busy) {
            throw new StoreUnavailableException(
                    "redis", UnavailableReason.BUSY, "all connections are in use", "", null);
        }
        thoroughProbes.addAndGet(thoroughly ? 1 : 0);
        if (!takesWrites || (thoroughly && !allowsAll)) {
            throw new StoreUnavailableException("redis", "MISCONF");
        }
    }

    private void rounds(int count) {
        for (int i = 0; i < count; i++) {
            breaker.runOnce();
        }
    }

    @Test
    void aStoreThatNobodyUsesIsKnownToTakeNoWrites() {
        rounds(1);
        assertThat(breaker.status().failure()).isEmpty();

        takesWrites = false;
        rounds(4);
        assertThat(breaker.status().failure())
                .hasValueSatisfying(why -> assertThat(why).hasMessageContaining("MISCONF"));

        rounds(2);
        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void anOpenBreakerStaysOpenUntilTheStoreTakesWrites() {
        takesWrites = false;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> breaker.ask(Operation.CLAIM, () -> {
                        throw new StoreUnavailableException("redis", "MISCONF");
                    }))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.status().failure()).isPresent();

        rounds(10);
        assertThat(breaker.isOpen()).isTrue();

        takesWrites = true;
        rounds(1);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.status().failure()).isEmpty();
    }

    @Test
    void whatOnlyRequestsNeedKeepsTheBreakerOpen() {
        allowsAll = false;
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> breaker.ask(Operation.CLAIM, () -> {
                        throw new StoreUnavailableException("redis", "NOPERM");
                    }))
                    .isInstanceOf(StoreUnavailableException.class);
        }

        rounds(10);

        assertThat(breaker.isOpen()).isTrue();
    }

    @Test
    void aStoreThatWasNotAskedIsNeitherWellNorUnavailable() {
        busy = true;
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> breaker.ask(Operation.CLAIM, this::whileBusy))
                    .isInstanceOf(StoreUnavailableException.class);
        }
        rounds(8);
        assertThat(breaker.isOpen()).isFalse();
        assertThat(breaker.status().failure()).isEmpty();

        busy = false;
        takesWrites = false;
        rounds(8);
        busy = true;
        rounds(8);
        assertThat(breaker.isOpen()).isTrue();
        assertThat(breaker.status().failure())
                .hasValueSatisfying(why -> assertThat(why).hasMessageContaining("MISCONF"));
    }

    private String whileBusy() {
        throw new StoreUnavailableException("redis", UnavailableReason.BUSY, "all connections are in use", "", null);
    }

    @Test
    void aHealthyStoreIsProbedInSomeRoundsOnly() {
        rounds(8);

        assertThat(probes).hasValue(2);
        assertThat(thoroughProbes).hasValue(0);
    }

    @Test
    void aStoreThatNeedsItIsProbedInEachRound() {
        StoreCircuitBreaker eager = new StoreCircuitBreaker("postgresql", this::probe, EngineListener.NONE, 1);

        for (int i = 0; i < 8; i++) {
            eager.runOnce();
        }

        assertThat(probes).hasValue(8);
        assertThat(thoroughProbes).hasValue(0);
    }
}
