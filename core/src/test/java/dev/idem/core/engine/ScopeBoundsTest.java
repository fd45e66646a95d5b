package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.engine.waiting.ClientLiveness;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A scope that may have two requests in flight; however one ends, its place is free again. */
class ScopeBoundsTest extends EngineFixture {
    private static final Policy TWO =
            new Policy(Duration.ofHours(24), LOCK_TIMEOUT, Duration.ZERO, OnStoreFailure.OPEN, Consistency.STRICT, 2);

    private Lease acquireOfTwo(String key) {
        return ((Claim.Acquired) claim(key, TWO)).lease();
    }

    private void assertFull() {
        assertThatExceptionOfType(TooManyInFlightException.class).isThrownBy(() -> claim("one more", TWO));
    }

    private void assertOneIsFree() {
        Lease lease = acquireOfTwo("the last");
        assertFull();
        engine.abandon(lease);
    }

    @Test
    void thePlaceOfACompletedOrAbandonedRequestIsFree() {
        Lease one = acquireOfTwo("a");
        Lease other = acquireOfTwo("b");
        assertFull();

        engine.complete(one, ANSWER);
        assertOneIsFree();
        engine.complete(one, ANSWER);
        assertOneIsFree();

        engine.abandon(other);
        assertThat(acquireOfTwo("c")).isNotNull();
        assertOneIsFree();
    }

    @Test
    void aRefusedKeyIsNotClaimed() {
        acquireOfTwo("a");
        acquireOfTwo("b");
        int before = store.claims();

        assertFull();

        assertThat(store.claims()).isEqualTo(before);
        assertThat(engine.inFlight()).isEqualTo(2);
    }

    @Test
    void thePlaceOfALateOwnerIsFreeOnceItIsRefused() {
        Lease late = acquireOfTwo("a");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        Lease successor = acquireOfTwo("a");
        assertFull();

        assertThat(engine.complete(late, ANSWER)).isInstanceOf(CompletionOutcome.Fenced.class);

        assertOneIsFree();
        engine.complete(successor, ANSWER);
    }

    @Test
    void aRequestWhoseAnswerNoStoreTakesHasEnded() {
        Lease lease = acquireOfTwo("a");
        acquireOfTwo("b");
        store.breakDown();

        assertThat(engine.complete(lease, ANSWER)).isInstanceOf(CompletionOutcome.InMemoryOnly.class);

        assertOneIsFree();
    }

    @Test
    void aTransactionThatFailsOrIsRolledBackHasEnded() {
        Lease lease = acquireOfTwo("a");
        Lease other = acquireOfTwo("b");

        assertThatThrownBy(() -> engine.completeAtomically(lease, ANSWER, () -> {
                    throw new StoreUnavailableException("postgresql", "gone in the middle of the commit");
                }))
                .isInstanceOf(StoreUnavailableException.class);
        assertOneIsFree();

        engine.completeAtomically(other, ANSWER, () -> false);
        acquireOfTwo("c");
        assertOneIsFree();
    }

    @Test
    void aClaimThatFailsTakesNoPlace() {
        Policy closed = new Policy(
                Duration.ofHours(24), LOCK_TIMEOUT, Duration.ZERO, OnStoreFailure.CLOSED, Consistency.STRICT, 2);
        store.breakDown();
        for (int i = 0; i < 3; i++) {
            String key = "k" + i;
            assertThatThrownBy(() -> claim(key, closed)).isInstanceOf(StoreUnavailableException.class);
        }
        store.repair();
        engine = engine(2);

        acquireOfTwo("a");
        assertOneIsFree();
    }

    @Test
    void anotherScopeAndAnUnboundedPolicyAreNotRefused() {
        acquireOfTwo("a");
        acquireOfTwo("b");

        assertThat(engine.claim(
                        new RecordId(new Scope("user:2"), "c"),
                        new Fingerprint(new byte[Fingerprint.LENGTH]),
                        TWO,
                        "POST /orders"))
                .isInstanceOf(Claim.Acquired.class);
        assertThat(claim("c", IMPATIENT)).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void aRecordsScopeMayBeAPartOfTheScopeThatIsCounted() {
        Scope caller = new Scope("user:1");
        for (String path : List.of("/a", "/b")) {
            assertThat(claimAt(caller, path)).isInstanceOf(Claim.Acquired.class);
        }

        assertThatExceptionOfType(TooManyInFlightException.class).isThrownBy(() -> claimAt(caller, "/c"));
    }

    private Claim claimAt(Scope caller, String path) {
        return engine.claim(
                new RecordId(caller.at(path), "k"),
                caller,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                TWO,
                "POST " + path,
                ClientLiveness.PRESENT);
    }

    @Test
    void neverMoreThanTwoExecuteHoweverManyCome() throws Exception {
        AtomicInteger executing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Future<Integer>> clients = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String name = "client" + i + '-';
            clients.add(client(name, executing, most));
        }

        int refused = 0;
        for (Future<Integer> client : clients) {
            refused += client.get();
        }

        assertThat(most).hasValueLessThanOrEqualTo(2);
        assertThat(refused).isPositive();
        acquireOfTwo("a");
        assertOneIsFree();
    }

    private Future<Integer> client(String name, AtomicInteger executing, AtomicInteger most) {
        return inBackground(() -> {
            int refused = 0;
            for (int request = 0; request < 500; request++) {
                try {
                    Lease lease = acquireOfTwo(name + request);
                    most.accumulateAndGet(executing.incrementAndGet(), Math::max);
                    Thread.onSpinWait();
                    executing.decrementAndGet();
                    engine.complete(lease, ANSWER);
                } catch (TooManyInFlightException e) {
                    refused++;
                }
            }
            return refused;
        });
    }
}
