package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.RecordingListener.Asked;
import dev.idem.core.engine.RecordingListener.Breaker;
import dev.idem.core.engine.observe.EngineListener.Operation;
import dev.idem.core.engine.observe.EngineListener.Result;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EngineStoreFailureTest extends EngineFixture {
    @Test
    void aStoreThatFailsAFewTimesIsNotAskedAnyMore() {
        breakUntilLeftAlone();
        int before = store.claims();

        acquire("k");

        assertThat(store.claims()).isEqualTo(before);
        assertThat(listener.asked).last().isEqualTo(new Asked("redis", Operation.CLAIM, Result.SKIPPED));
    }

    @Test
    void aSingleFailureIsForgiven() {
        store.breakDown();
        acquire("a");
        store.repair();

        assertThat(acquire("b").store()).isEqualTo("redis");
        assertThat(listener.asked)
                .containsExactly(
                        new Asked("redis", Operation.CLAIM, Result.UNAVAILABLE),
                        new Asked("redis", Operation.CLAIM, Result.OK));
    }

    @Test
    void aStoreThatWasLeftAloneIsAskedAgainOnceItAnswersAPing() {
        engine.start();
        breakUntilLeftAlone();

        store.repair();

        await().atMost(LONG).untilAsserted(() -> assertThat(listener.breakers)
                .containsExactly(new Breaker("redis", true), new Breaker("redis", false)));
        assertThat(acquire("k").store()).isEqualTo("redis");
    }

    @Test
    void noRequestServesAsTheTestOfAStoreThatWasLeftAlone() {
        breakUntilLeftAlone();
        store.repair();

        assertThat(acquire("k").store()).isEqualTo(MemoryStore.NAME);
        assertThat(listener.breakers).containsExactly(new Breaker("redis", true));
    }

    @Test
    void withoutAnyStoreAnOpenPolicyExecutesAndMemoryStopsRepeats() {
        store.breakDown();

        engine.complete(acquire("k"), ANSWER);

        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void withoutAnyStoreAClosedPolicyExecutesNothing() {
        store.breakDown();

        assertThatExceptionOfType(StoreUnavailableException.class)
                .isThrownBy(() -> claim("k", CLOSED))
                .satisfies(e -> assertThat(e.store()).isEqualTo("redis"));
        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void aClosedPolicyRefusesWithoutAskingAStoreThatWasLeftAlone() {
        breakUntilLeftAlone();
        int before = store.claims();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> claim("k", CLOSED));
        assertThat(store.claims()).isEqualTo(before);
    }

    @Test
    void anAnswerWhoseStoresAreAllGoneIsKeptInMemory() {
        Lease lease = acquire("k");
        store.breakDown();

        assertThat(engine.complete(lease, ANSWER)).isEqualTo(new CompletionOutcome.InMemoryOnly(Optional.empty()));
        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void anAnswerWithoutMemoryIsNeverExecutedAgain() {
        RecordedResponse large = new RecordedResponse(201, List.of(), new byte[1 << 20]);
        Lease lease = acquire("k");
        store.breakDown();

        assertThat(engine.complete(lease, large)).isEqualTo(new CompletionOutcome.InMemoryOnly(Optional.empty()));

        assertNotStored(claim("k", IMPATIENT));
        assertThat(memory.bytes()).isLessThan(10_000);
        engine.start();
        store.repair();
        await().atMost(LONG).until(() -> engine.inFlight() == 0);
        assertThat(memory.bytes()).isZero();
        assertNotStored(claim("k", CLOSED));
    }

    private static void assertNotStored(Claim claim) {
        assertThat(claim).isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                .isEqualTo(new AnswerNotStored(AnswerNotStored.Reason.FAILED)));
    }

    @Test
    void whatMemoryAnsweredIsOfferedToTheStoreUntilItTakesIt() {
        Lease lease = acquire("k");
        store.breakDown();
        engine.complete(lease, ANSWER);
        engine.start();
        store.repair();

        await().atMost(LONG).until(() -> engine.inFlight() == 0 && !memory.knows(lease.id()));

        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void anAnswerThatNoStoreTookStandsBeforeThatOfALaterOwner() {
        Lease first = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        Lease successor = acquire("k");
        store.breakDown();
        engine.complete(first, ANSWER);

        assertThat(engine.complete(successor, OTHER_ANSWER))
                .isEqualTo(new CompletionOutcome.InMemoryOnly(Optional.of(ANSWER)));

        engine.start();
        store.repair();
        await().atMost(LONG).until(() -> engine.inFlight() == 0);
        assertReplays(claim("k", CLOSED), ANSWER);
    }

    @Test
    void anAnswerThatNoStoreTookEndsWithItsTimeToLive() {
        store.breakDown();
        engine.complete(acquire("k"), ANSWER);
        clock.advance(IMPATIENT.ttl().plusMillis(1));

        Lease next = acquire("k");

        assertThat(engine.complete(next, OTHER_ANSWER)).isEqualTo(new CompletionOutcome.InMemoryOnly(Optional.empty()));
        assertReplays(claim("k", IMPATIENT), OTHER_ANSWER);
        engine.start();
        store.repair();
        await().atMost(LONG).until(() -> !memory.knows(next.id()));
        assertReplays(claim("k", CLOSED), OTHER_ANSWER);
    }

    @Test
    void whatExecutedHereDuringAClaimIsNotExecutedAgain() {
        Lease first = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        store.duringTheNextClaim(() -> {
            store.breakDown();
            engine.complete(first, ANSWER);
            store.repair();
        });

        assertReplays(claim("k", IMPATIENT), ANSWER);

        engine.start();
        await().atMost(LONG).until(() -> engine.inFlight() == 0);
        assertReplays(claim("k", CLOSED), ANSWER);
    }

    @Test
    void whatExecutedHereDuringAClaimIsNoAnswerYetWhereThePolicyIsClosed() {
        Lease first = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        store.duringTheNextClaim(() -> {
            store.breakDown();
            engine.complete(first, ANSWER);
            store.repair();
        });

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> claim("k", CLOSED));
    }

    @Test
    void aRequestThatMemoryGrantedIsStoredWhereTheStoreIsBackMeanwhile() {
        store.breakDown();
        Lease lease = acquire("k");
        store.repair();

        assertThat(engine.complete(lease, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void whatMemoryAnsweredIsKnownHereAlsoWhenTheStoreIsBack() {
        store.breakDown();
        engine.complete(acquire("k"), ANSWER);
        store.repair();

        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void aClosedPolicyPromisesNothingThatOnlyMemoryKnows() {
        Lease lease = acquire("k");
        store.breakDown();
        engine.complete(lease, ANSWER);
        store.repair();

        assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> claim("k", CLOSED));
    }

    @Test
    void anAnswerThatAnotherOwnerHasOvertakenIsGivenUp() {
        Lease late = acquire("k");
        store.breakDown();
        engine.complete(late, ANSWER);
        store.repair();
        store.lose(late);
        Lease successor = ((Claim.Acquired) store.claim(anotherOwnersRequest(late))).lease();
        store.complete(successor, OTHER_ANSWER);

        engine.start();

        await().atMost(LONG).untilAsserted(() -> assertReplays(claim("k", IMPATIENT), OTHER_ANSWER));
    }

    @Test
    void aKeyWhoseStoreIsGoneCannotBeFreedAndThatIsNoFailure() {
        Lease lease = acquire("k");
        store.breakDown();

        engine.abandon(lease);

        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void aHeartbeatThatDoesNotArriveIsTriedAgain() {
        engine.start();
        acquire("k");
        store.breakDown();
        await().atMost(LONG)
                .until(() -> listener.asked.contains(new Asked("redis", Operation.RENEW, Result.UNAVAILABLE)));

        store.repair();

        await().atMost(LONG).until(() -> listener.asked.contains(new Asked("redis", Operation.RENEW, Result.OK)));
        assertThat(engine.inFlight()).isEqualTo(1);
    }

    private void breakUntilLeftAlone() {
        store.breakDown();
        for (int i = 0; listener.breakers.isEmpty() && i < 10; i++) {
            acquire("failed-" + i);
        }
        assertThat(listener.breakers).containsExactly(new Breaker("redis", true));
    }

    private static ClaimRequest anotherOwnersRequest(Lease lease) {
        ClaimRequest request = lease.request();
        return new ClaimRequest(
                request.id(),
                request.fingerprint(),
                UUID.randomUUID(),
                request.lockTimeout(),
                request.ttl(),
                request.origin());
    }
}
