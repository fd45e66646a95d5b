package dev.idem.core.engine.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.engine.breaker.StoreCircuitBreaker;
import dev.idem.core.engine.lookup.RecordLookup;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.failover.AuthorityState;
import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.IdempotencyStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.core.store.memory.MemoryStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A process whose connections to the fast store are all in use, while that decides for other nodes. */
class BusyFastStoreTest {
    private final ClaimRequest request = Sample.of(new Scope("user:1"), "k").request();
    private final SettableRow row = new SettableRow();
    private final AuthorityState authority = new AuthorityState(row, EngineListener.NONE);
    private final FailingStore fast = new FailingStore("redis");
    private final FailingStore durable = new FailingStore("postgresql");
    private final FastStrategy strategy = strategy();

    private FastStrategy strategy() {
        StoreCircuitBreaker breaker = new StoreCircuitBreaker("any", thoroughly -> {}, EngineListener.NONE);
        RecordLookup nothing = new RecordLookup("any", id -> Optional.empty(), breaker);
        Journal journal = new Journal(entries -> {}, JournalLimits.DEFAULT, EngineListener.NONE);
        MemoryFallback memory =
                new MemoryFallback(new MemoryStore(1 << 20, InstantSource.system()), SharedAnswers.NONE);
        return new FastStrategy(authority, fast, durable, nothing, nothing, journal, memory);
    }

    @BeforeEach
    void trust() {
        authority.look();
    }

    @Test
    void nothingElseDecides() {
        fast.reason = UnavailableReason.BUSY;

        assertThatThrownBy(() -> strategy.claim(request, OnStoreFailure.OPEN))
                .isInstanceOfSatisfying(StoreUnavailableException.class, busy -> assertThat(busy.isBusy())
                        .isTrue());
        assertThat(durable.asked).isZero();
        assertThat(authority.get()).contains(row.generation);
        assertThat(row.revoked).isFalse();
    }

    @Test
    void aStoreThatDoesNotAnswerIsLostAndTheOtherOneMayBeBusyToo() {
        fast.reason = UnavailableReason.TIMEOUT;
        durable.reason = UnavailableReason.BUSY;

        assertThatThrownBy(() -> strategy.claim(request, OnStoreFailure.OPEN))
                .isInstanceOfSatisfying(StoreUnavailableException.class, busy -> assertThat(busy.isBusy())
                        .isTrue());
        assertThat(authority.get()).isEmpty();
    }

    private static final class FailingStore implements IdempotencyStore {
        private final String name;
        private UnavailableReason reason = UnavailableReason.OTHER;
        private int asked;

        FailingStore(String name) {
            this.name = name;
        }

        private StoreUnavailableException failure() {
            asked++;
            return new StoreUnavailableException(name, reason, "the test says so", "", null);
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Claim claim(ClaimRequest request) {
            throw failure();
        }

        @Override
        public boolean renew(Lease lease) {
            throw failure();
        }

        @Override
        public boolean complete(Lease lease, Answer answer) {
            throw failure();
        }

        @Override
        public boolean abandon(Lease lease) {
            throw failure();
        }

        @Override
        public void ping() {
            throw failure();
        }
    }

    /** The only node's row. */
    private static final class SettableRow implements TrustRow {
        private final Generation generation = Generation.next();
        private boolean revoked;

        @Override
        public String name() {
            return "postgresql";
        }

        @Override
        public State read() {
            return new State(generation, !revoked, 1, 1, false);
        }

        @Override
        public boolean revoke(Generation lost, Duration holdOff) {
            revoked = true;
            return true;
        }

        @Override
        public void block(Duration time) {}

        @Override
        public boolean inTurn(Runnable task) {
            return false;
        }

        @Override
        public State begin(Generation next) {
            return read();
        }

        @Override
        public long nextInterval(Generation refill) {
            return 1;
        }

        @Override
        public void handOver(Generation refill, LongConsumer last) {}
    }
}
