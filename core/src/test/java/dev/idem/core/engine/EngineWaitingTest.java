package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A repeat that arrives while the first request executes. */
class EngineWaitingTest extends EngineFixture {

    @Test
    void itIsGivenTheAnswerOnceThereIsOne() {
        Lease lease = acquire("k");
        Future<Claim> repeat = inBackground(() -> claim("k", PATIENT));
        awaitARepeatThatWaits();

        engine.complete(lease, ANSWER);

        assertThat(repeat).succeedsWithin(LONG).satisfies(claim -> assertReplays(claim, ANSWER));
        assertThat(listener.waits).hasSize(1);
    }

    @Test
    void withoutAKeyItIsGivenTheAnswerThoughTheWindowIsOverByThen() {
        Duration window = Duration.ofMillis(100);
        Lease lease = ((Claim.Acquired) claim(window, IMPATIENT)).lease();
        Future<Claim> repeat = inBackground(() -> claim(window, PATIENT));
        awaitARepeatThatWaits();

        clock.advance(Duration.ofMillis(500));
        engine.complete(lease, ANSWER);

        assertThat(repeat).succeedsWithin(LONG).satisfies(claim -> assertReplays(claim, ANSWER));
        assertThat(claim(window, IMPATIENT)).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void itExecutesOnceTheFirstOneHasAbandoned() {
        Lease lease = acquire("k");
        Future<Claim> repeat = inBackground(() -> claim("k", PATIENT));
        awaitARepeatThatWaits();

        engine.abandon(lease);

        assertThat(repeat).succeedsWithin(LONG).isInstanceOf(Claim.Acquired.class);
        assertThat(engine.inFlight()).isEqualTo(1);
    }

    @Test
    void onlyOneOfManyExecutesOnceTheFirstOneHasAbandoned() throws Exception {
        Lease lease = acquire("k");
        Policy shortly = policy(Duration.ofMillis(300), OnStoreFailure.OPEN);
        Future<Claim> one = inBackground(() -> claim("k", shortly));
        Future<Claim> other = inBackground(() -> claim("k", shortly));

        engine.abandon(lease);

        assertThat(List.of(one.get(), other.get()))
                .hasOnlyElementsOfTypes(Claim.Acquired.class, Claim.InFlight.class)
                .filteredOn(Claim.Acquired.class::isInstance)
                .hasSize(1);
    }

    @Test
    void itTakesOverOnceTheFirstOneIsDead() {
        acquire("k");
        Future<Claim> repeat = inBackground(() -> claim("k", PATIENT));
        awaitARepeatThatWaits();

        clock.advance(LOCK_TIMEOUT.plusMillis(1));

        assertThat(repeat).succeedsWithin(LONG).isInstanceOf(Claim.Acquired.class);
        assertThat(listener.staleRecovered).hasSize(1);
    }

    @Test
    void itIsToldAtOnceWhenItMayNotWait() {
        acquire("k");

        assertThat(claim("k", IMPATIENT)).isEqualTo(new Claim.InFlight(clock.instant(), store.name()));
        assertThat(store.claims()).isEqualTo(2);
    }

    @Test
    void itIsToldWhenItsPatienceIsOver() {
        acquire("k");
        Duration patience = Duration.ofMillis(20);

        assertThat(claim("k", policy(patience, OnStoreFailure.OPEN)))
                .isEqualTo(new Claim.InFlight(clock.instant(), store.name()));
        assertThat(listener.waits).singleElement().satisfies(wait -> assertThat(wait)
                .isGreaterThanOrEqualTo(patience));
    }

    @Test
    @Timeout(10)
    void itIsToldAtOnceWhenTooManyWaitAlready() {
        engine = engine(1);
        Lease lease = acquire("k");
        Future<Claim> waiting = inBackground(() -> claim("k", PATIENT));
        awaitARepeatThatWaits();

        assertThat(claim("k", PATIENT)).isInstanceOf(Claim.InFlight.class);

        engine.complete(lease, ANSWER);
        assertThat(waiting).succeedsWithin(LONG).satisfies(claim -> assertReplays(claim, ANSWER));
    }

    @Test
    void thePlaceOfOneThatHasWaitedIsFreeAgain() {
        engine = engine(1);
        acquire("k");
        Policy shortly = policy(Duration.ofMillis(10), OnStoreFailure.OPEN);
        claim("k", shortly);
        int before = store.claims();

        claim("k", shortly);

        assertThat(store.claims() - before).isGreaterThan(1);
    }

    @Test
    void itGoesAtOnceWhenItsThreadIsInterrupted() {
        acquire("k");
        AtomicReference<Claim> outcome = new AtomicReference<>();
        Thread client = new Thread(() -> {
            Claim claim = claim("k", PATIENT);
            if (Thread.currentThread().isInterrupted()) {
                outcome.set(claim);
            }
        });
        client.start();
        awaitARepeatThatWaits();

        client.interrupt();

        await().atMost(LONG.dividedBy(2))
                .untilAtomic(outcome, claim -> assertThat(claim).isInstanceOf(Claim.InFlight.class));
    }

    @Test
    void itIsRefusedWhenItsStoreGoesAwayAndThePolicyIsClosed() {
        acquire("k");
        Future<Claim> repeat = inBackground(() -> claim("k", policy(LONG, OnStoreFailure.CLOSED)));
        awaitARepeatThatWaits();

        store.breakDown();

        assertThat(repeat).failsWithin(LONG).withThrowableThat().withCauseInstanceOf(StoreUnavailableException.class);
    }

    /** The first request's claim, the repeat's claim before it waits, and one while it waits. */
    private void awaitARepeatThatWaits() {
        await().atMost(LONG).until(() -> store.claims() >= 3);
    }
}
