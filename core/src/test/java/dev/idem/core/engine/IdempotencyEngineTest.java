package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdempotencyEngineTest extends EngineFixture {

    @Test
    void theFirstRequestExecutes() {
        Lease lease = acquire("k");

        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(lease.store()).isEqualTo("redis");
        assertThat(lease.request().origin().node()).isEqualTo("node-1");
        assertThat(lease.request().origin().route()).isEqualTo("POST /orders");
        assertThat(listener.staleRecovered).isEmpty();
    }

    @Test
    void itCountsAsInFlightUntilItIsCompletedOrAbandoned() {
        Lease completed = acquire("a");
        Lease abandoned = acquire("b");
        assertThat(engine.inFlight()).isEqualTo(2);

        engine.complete(completed, ANSWER);
        engine.abandon(abandoned);

        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void everyRepeatIsGivenTheFirstAnswer() {
        assertThat(engine.complete(acquire("k"), ANSWER)).isEqualTo(new CompletionOutcome.Stored());

        assertReplays(claim("k", PATIENT), ANSWER);
        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedWithoutAWaitWhileTheFirstExecutes() {
        acquire("k");

        assertThat(claim("k", 2, PATIENT)).isEqualTo(new Claim.KeyReused());
        assertThat(listener.waits).isEmpty();
    }

    @Test
    void anotherRequestWithTheSameKeyIsRefusedAfterTheFirstToo() {
        engine.complete(acquire("k"), ANSWER);

        assertThat(claim("k", 2, PATIENT)).isEqualTo(new Claim.KeyReused());
        assertReplays(claim("k", IMPATIENT), ANSWER);
    }

    @Test
    void anAbandonedKeyIsFreeAtOnce() {
        engine.abandon(acquire("k"));

        assertThat(acquire("k").attempt()).isEqualTo(1);
    }

    @Test
    void aDeadOwnersRequestIsTakenOverAndReported() {
        acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));

        Lease successor = acquire("k");

        assertThat(successor.attempt()).isEqualTo(2);
        assertThat(listener.staleRecovered).containsExactly(successor);
    }

    @Test
    void nobodyIsTakenOverWithinTheLockTimeout() {
        acquire("k");
        clock.advance(LOCK_TIMEOUT);

        assertThat(claim("k", IMPATIENT)).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aLateOwnersAnswerIsRefusedAndReportedWhileItsSuccessorExecutes() {
        Lease late = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        Lease successor = acquire("k");

        assertThat(engine.complete(late, ANSWER))
                .isEqualTo(new CompletionOutcome.Fenced(new Claim.InFlight(clock.instant(), store.name())));
        assertThat(listener.fenced).containsExactly(late);
        assertThat(engine.complete(successor, OTHER_ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(claim("k", IMPATIENT), OTHER_ANSWER);
    }

    @Test
    void aLateOwnerIsToldItsSuccessorsAnswer() {
        Lease late = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        engine.complete(acquire("k"), OTHER_ANSWER);

        assertThat(engine.complete(late, ANSWER))
                .isEqualTo(new CompletionOutcome.Fenced(
                        new Claim.Replay(OTHER_ANSWER, clock.instant(), store.name(), Optional.empty())));
    }

    @Test
    void aLateOwnerThatAbandonsDoesNotFreeItsSuccessorsKey() {
        Lease late = acquire("k");
        clock.advance(LOCK_TIMEOUT.plusMillis(1));
        acquire("k");

        engine.abandon(late);

        assertThat(claim("k", IMPATIENT)).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aRecordThatItsStoreHasLostIsMadeGoodAtTheEnd() {
        Lease lease = acquire("k");
        store.lose(lease);

        assertThat(engine.complete(lease, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(claim("k", IMPATIENT), ANSWER);
    }
}
