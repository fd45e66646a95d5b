package dev.idem.chaos.check;

import static dev.idem.chaos.check.Consistency.FAST;
import static dev.idem.chaos.check.Consistency.STRICT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.chaos.history.Exchange.Reply;
import dev.idem.chaos.history.Exchange.Round;
import dev.idem.chaos.history.Fault;
import dev.idem.chaos.history.FaultKind;
import dev.idem.chaos.history.Workload;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class CheckerTest {
    private static final UUID ONE = UUID.randomUUID();
    private static final UUID TWO = UUID.randomUUID();

    @ParameterizedTest
    @EnumSource
    void oneEffectToldToEverybodyPasses(Consistency consistency) {
        Verdict verdict = Story.plain()
                .lost(1, 0.9, 1.0)
                .effect(ONE, 0, 1, 1.1)
                .told(ONE, 0, 1.0, 1.2)
                .told(ONE, 1, 1.3, 1.4)
                .fault(FaultKind.REDIS_KILL, Fault.ALL, 1.0, 2.0)
                .toldAfterwards(ONE, 0, 9)
                .toldAfterwards(ONE, 1, 9.1)
                .under(consistency);

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.requests()).isEqualTo(5);
        assertThat(verdict.keys()).isEqualTo(1);
        assertThat(verdict.faults()).containsEntry(FaultKind.REDIS_KILL, 1);
        assertThat(verdict.longest()).isEqualTo(Duration.ofMillis(200));
    }

    @Test
    void twoAtomicEffectsAreAViolationWhateverHappened() {
        Story story = new Story(Workload.ATOMIC)
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_KILL, 0, 1.1, 3)
                .fault(FaultKind.REDIS_KILL, Fault.ALL, 1.1, 3)
                .effect(TWO, 1, 2, 5);

        assertThat(story.under(FAST).violates(Rule.ONE_ATOMIC_EFFECT)).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void twoPlainEffectsWithoutAFaultAreAViolation(Consistency consistency) {
        Story story = Story.plain().effect(ONE, 0, 1, 1).effect(TWO, 1, 2, 5);

        assertThat(story.under(consistency).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void anOwnerThatWasKilledMayHaveASuccessor() {
        Verdict verdict = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_KILL, 0, 1.1, 3)
                .effect(TWO, 1, 2, 4.5)
                .told(TWO, 1, 4.4, 4.6)
                .under(STRICT);

        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.ownersLost()).isEqualTo(1);
    }

    @Test
    void thatAnotherNodeWasKilledExcusesNothing() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_KILL, 1, 1.1, 3)
                .effect(TWO, 1, 2, 4.5);

        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void anOwnerThatHadToldItsClientHasNoSuccessor() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .told(ONE, 0, 0.9, 1.05)
                .fault(FaultKind.NODE_KILL, 0, 1.1, 3)
                .effect(TWO, 1, 2, 4.5);

        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void anOwnerThatWasStoppedForLongMayHaveASuccessor() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_PAUSE, 0, 1.1, 5)
                .effect(TWO, 1, 2, 4.2);

        assertThat(story.under(STRICT).violations()).isEmpty();
    }

    @Test
    void anOwnerThatWasStoppedForAMomentHasNoSuccessor() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_PAUSE, 0, 1.1, 1.9)
                .effect(TWO, 1, 2, 4.2);

        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void anOwnerThatWasStoppedBeforeItsMethodMayEnterItAfterItsSuccessor() {
        Story story = Story.plain()
                .lost(0, 1, 5.5)
                .fault(FaultKind.NODE_PAUSE, 0, 1.01, 5)
                .effect(TWO, 1, 2, 4.2)
                .effect(ONE, 0, 1, 5.1);

        assertThat(story.under(STRICT).violations()).isEmpty();
    }

    @Test
    void anOwnerCutOffFromTheAuthorityMayHaveASuccessor() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.POSTGRES_BLACK_HOLE, 0, 1.1, 5)
                .effect(TWO, 1, 2, 4.2);

        assertThat(story.under(STRICT).violations()).isEmpty();
        assertThat(story.under(FAST).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void underFastAClaimThatPostgresCouldNotBeToldOfIsLostWithRedis() {
        Story story = Story.plain()
                .fault(FaultKind.POSTGRES_KILL, Fault.ALL, 0.5, 4)
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 4.3, 4.3)
                .effect(TWO, 1, 1, 4.5);

        assertThat(story.under(FAST).violations()).isEmpty();
        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void underFastPostgresHasBeenToldSomeTimeAfterItWasBack() {
        Story story = Story.plain()
                .fault(FaultKind.POSTGRES_KILL, Fault.ALL, 0.5, 4)
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 6, 6)
                .effect(TWO, 1, 1, 6.2);

        assertThat(story.under(FAST).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void underFastPostgresIsTheAuthorityForAWhileAfterRedisWasLost() {
        Story story = Story.plain()
                .fault(FaultKind.REDIS_KILL, Fault.ALL, 1, 2)
                .effect(ONE, 0, 1, 6)
                .fault(FaultKind.POSTGRES_PAUSE, Fault.ALL, 6.1, 10)
                .effect(TWO, 1, 2, 10);

        assertThat(story.under(FAST).violations()).isEmpty();
    }

    @Test
    void aSuccessorThatIsLostWithRedisLeavesTheLateOwnersAnswerUnderFastOnly() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_PAUSE, 0, 1.1, 5)
                .effect(TWO, 1, 2, 4.2)
                .told(TWO, 1, 4.1, 4.3)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 4.4, 4.41)
                .told(ONE, 0, 0.9, 5.2)
                .toldAfterwards(ONE, 1, 9);

        assertThat(story.under(FAST).violations()).isEmpty();
        assertThat(story.under(STRICT).violates(Rule.SAME_ANSWER)).isTrue();
    }

    @Test
    void aSuccessorThatPostgresKnowsIsNotForgottenWithRedis() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_PAUSE, 0, 1.1, 8)
                .effect(TWO, 1, 2, 4.2)
                .told(TWO, 1, 4.1, 4.3)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 6, 6.01)
                .told(ONE, 0, 0.9, 8.2)
                .toldAfterwards(ONE, 1, 9);

        assertThat(story.under(FAST).violates(Rule.SAME_ANSWER)).isTrue();
    }

    @Test
    void aClaimJustBeforeRedisIsLostMayBeLostUnderFastOnly() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .told(ONE, 0, 0.9, 1.1)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 1.8, 1.81)
                .effect(TWO, 1, 1, 4)
                .told(TWO, 1, 3.9, 4.1)
                .toldAfterwards(TWO, 0, 9);

        Verdict fast = story.under(FAST);
        assertThat(fast.violations()).isEmpty();
        assertThat(fast.redisLost()).isEqualTo(1);
        assertThat(fast.widest()).isEqualTo(Duration.ofMillis(800));
        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
        assertThat(story.under(STRICT).violates(Rule.SAME_ANSWER)).isTrue();
    }

    @Test
    void aClaimLongBeforeRedisIsLostIsNot() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, 2.6, 2.61)
                .effect(TWO, 1, 1, 4);

        assertThat(story.under(FAST).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0, 1.2, 10, true", "0, 1.2, 13, false", "0, 3, 4, false", "1, 1.2, 10, false"})
    void whatADeadNodesJournalHeldIsBroughtByAnotherAfterAWhile(
            int killed, double death, double loss, boolean excused) {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .told(ONE, 0, 0.9, 1.1)
                .fault(FaultKind.NODE_KILL, killed, death, 5)
                .fault(FaultKind.REDIS_FLUSH, Fault.ALL, loss, loss)
                .effect(TWO, 1, 1, loss + 2)
                .told(TWO, 1, loss + 1, loss + 3);

        assertThat(story.under(FAST).violations().isEmpty()).isEqualTo(excused);
        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    /** Another node told of the effect, at the moment of the kill: the record was complete, in Redis alone. */
    @ParameterizedTest
    @CsvSource({"3, true", "14, false"})
    void aCompletedRecordOfANodeThatIsKilledGoesWithRedisUnlessItWasBroughtBefore(double loss, boolean excused) {
        Story story = Story.plain()
                .lost(0, 0.9, 1.05)
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_KILL, 0, 1.02, 4)
                .told(ONE, 1, 1.03, 1.04)
                .fault(FaultKind.REDIS_EMPTIED, Fault.ALL, loss, loss + 1)
                .effect(TWO, 1, 2, 18)
                .toldAfterwards(TWO, 1, 18);

        Verdict fast = story.under(FAST);
        assertThat(fast.violations().isEmpty()).isEqualTo(excused);
        assertThat(fast.redisLost()).isEqualTo(excused ? 1 : 0);
        assertThat(story.under(STRICT).violates(Rule.STABLE_AFTERWARDS)).isTrue();
    }

    @Test
    void aNodeThatSleptThroughTheLossOfRedisMayNotKnowYet() {
        Story story = Story.plain()
                .fault(FaultKind.REDIS_BLACK_HOLE, 1, 1, 8)
                .fault(FaultKind.NODE_PAUSE, 0, 1.2, 5)
                .effect(ONE, 1, 1, 4)
                .effect(TWO, 0, 1, 5.2);

        Verdict verdict = story.under(FAST);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.widest()).isEqualTo(Duration.ofMillis(-200));
    }

    @Test
    void aLostOwnerExcusesASecondEffectAndNoSecondAnswer() {
        Story story = Story.plain()
                .told(ONE, 0, 0.9, 5.1)
                .effect(ONE, 0, 1, 1)
                .fault(FaultKind.NODE_PAUSE, 0, 1.1, 5)
                .effect(TWO, 1, 2, 4.2)
                .told(TWO, 1, 4.1, 4.3);

        assertThat(story.under(STRICT).violates(Rule.ONE_PLAIN_EFFECT)).isFalse();
        assertThat(story.under(STRICT).violates(Rule.SAME_ANSWER)).isTrue();
    }

    @Test
    void aRefusalIsNoAnswerForAClientThatDidNothingWrong() {
        Story story = Story.plain().answered(Round.FIRST, 0, 1, 1.1, new Reply(422, "key reused", false));

        assertThat(story.under(FAST).violates(Rule.SAME_ANSWER)).isTrue();
    }

    @Test
    void anEffectThatNobodyTookIsAViolation() {
        Story story = Story.plain().told(ONE, 0, 1, 1.1);

        assertThat(story.under(FAST).violates(Rule.KNOWN_EFFECT)).isTrue();
    }

    @Test
    void anotherAnswerAfterwardsIsAViolation() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .told(ONE, 0, 0.9, 1.1)
                .effect(TWO, 1, 1, 20)
                .toldAfterwards(TWO, 1, 19.9);

        Verdict verdict = story.under(FAST);
        assertThat(verdict.violates(Rule.STABLE_AFTERWARDS)).isTrue();
        assertThat(verdict.violates(Rule.ONE_PLAIN_EFFECT)).isTrue();
    }

    @Test
    void noAnswerAfterwardsIsAViolation() {
        Story story = Story.plain()
                .effect(ONE, 0, 1, 1)
                .told(ONE, 0, 0.9, 1.1)
                .answered(Round.AFTERWARDS, 0, 20, 20.1, new Reply(503, "no store", false));

        assertThat(story.under(FAST).violates(Rule.STABLE_AFTERWARDS)).isTrue();
    }

    @Test
    void aRequestThatTakesLongerThanTheBoundIsAViolation() {
        Story story = Story.plain().lost(0, 1, 11.5);

        assertThat(story.under(FAST).violates(Rule.IN_TIME)).isTrue();
    }

    @Test
    void theTimeInWhichANodeWasStoppedDoesNotCount() {
        Story story = Story.plain().lost(0, 1, 11.5).fault(FaultKind.NODE_PAUSE, 0, 2, 6);

        assertThat(story.under(FAST).violations()).isEmpty();
    }
}
