package dev.idem.core.journal.entry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
    private static final Answer ANSWER = Sample.answer(1, 1_000);

    private final Sample first = Sample.of(new Scope("user:1"), "k");
    private final Sample successor = first.successor(2_000);
    private final JournalEntry claimed = JournalEntry.claimed(first.lease());
    private final JournalEntry renewed = JournalEntry.renewed(first.lease());
    private final JournalEntry completed = JournalEntry.completed(first.lease(), ANSWER);
    private final JournalEntry abandoned = JournalEntry.abandoned(first.lease());
    private final JournalEntry succeeded = JournalEntry.claimed(successor.lease());

    @Test
    void aCompletionReplacesItsClaimAndKeepsTheTimeOfIt() {
        RecordSnapshot held = heldBy(claimed.then(completed));

        assertThat(held.completion().orElseThrow().answer()).isEqualTo(ANSWER);
        assertThat(held.claimedAt()).isEqualTo(heldBy(claimed).claimedAt());
        assertThat(held.expiresAt()).isEqualTo(heldBy(completed).expiresAt());
    }

    @Test
    void aHeartbeatContinuesTheClaimThatIsNotWritten() {
        RecordSnapshot held = heldBy(claimed.then(renewed));

        assertThat(held.onlyIfKnown()).isFalse();
        assertThat(held.claimedAt()).isEqualTo(heldBy(claimed).claimedAt());
        assertThat(held.heartbeatAt()).isEqualTo(heldBy(renewed).heartbeatAt());
    }

    @Test
    void twoHeartbeatsAreStillAHeartbeat() {
        assertThat(heldBy(renewed.then(JournalEntry.renewed(first.lease()))).onlyIfKnown())
                .isTrue();
    }

    @Test
    void anAnswerThatHasAWindowIsFollowedByALaterOwnerInWhateverOrderTheyAreReported() {
        Sample later = successor.within(Duration.ofMinutes(1));
        JournalEntry early =
                JournalEntry.completed(first.within(Duration.ofMinutes(1)).lease(), ANSWER);
        JournalEntry late = JournalEntry.claimed(later.lease());

        assertThat(heldBy(early.then(late)).owner()).isEqualTo(later.owner());
        assertThat(heldBy(late.then(early)).owner()).isEqualTo(later.owner());
    }

    @Test
    void aHeartbeatThatComesTooLateChangesNoAnswer() {
        assertThat(completed.then(renewed)).isEqualTo(completed);
    }

    @Test
    void aHeartbeatThatComesTooLateLocksNoKey() {
        assertThat(abandoned.then(renewed)).isEqualTo(abandoned);
    }

    @Test
    void anAbandonedClaimIsStillFreedThoughItWasNotWritten() {
        assertThat(claimed.then(abandoned)).isEqualTo(abandoned);
    }

    @Test
    void allOwnersThatGaveARecordBackAreForgotten() {
        JournalEntry entry = claimed.then(abandoned).then(succeeded).then(JournalEntry.abandoned(successor.lease()));

        assertThat(entry.freed())
                .extracting(JournalEntry.Freed::owner)
                .containsExactlyInAnyOrder(first.owner(), successor.owner());
        assertThat(entry.held()).isEmpty();
    }

    @Test
    void aSuccessorStandsAlsoWhenItIsReportedFirst() {
        assertThat(heldBy(claimed.then(abandoned).then(succeeded))).isEqualTo(heldBy(succeeded));
        assertThat(heldBy(succeeded.then(abandoned))).isEqualTo(heldBy(succeeded));
        assertThat(heldBy(succeeded.then(claimed))).isEqualTo(heldBy(succeeded));
    }

    @Test
    void anAnswerStandsWhoeverClaimsAfterwards() {
        assertThat(heldBy(completed.then(succeeded))).isEqualTo(heldBy(completed));
        assertThat(heldBy(completed.then(JournalEntry.completed(successor.lease(), Sample.answer(2, 10)))))
                .isEqualTo(heldBy(completed));
    }

    @Test
    void anAnswerIsAFactWhoeverHoldsTheRecord() {
        assertThat(heldBy(succeeded.then(completed))).isEqualTo(heldBy(completed));
    }

    @Test
    void anAnswerThatHasExpiredGivesWay() {
        RecordSnapshot expired = expired(heldBy(completed));

        assertThat(expired.then(heldBy(succeeded))).isEqualTo(heldBy(succeeded));
    }

    @Test
    void joiningEntriesInPairsOrInTurnIsTheSame() {
        JournalEntry freed = JournalEntry.abandoned(successor.lease());

        assertThat(claimed.then(abandoned).then(succeeded.then(freed)))
                .isEqualTo(claimed.then(abandoned).then(succeeded).then(freed));
        assertThat(claimed.then(abandoned.then(succeeded)))
                .isEqualTo(claimed.then(abandoned).then(succeeded));
    }

    @Test
    void anEntryIsAsLargeAsItsAnswer() {
        assertThat(completed.bytes()).isGreaterThan(claimed.bytes() + 1_000).isLessThan(claimed.bytes() + 1_500);
        assertThat(abandoned.bytes()).isPositive();
    }

    private static RecordSnapshot heldBy(JournalEntry entry) {
        return entry.held().orElseThrow();
    }

    private static RecordSnapshot expired(RecordSnapshot held) {
        return new RecordSnapshot(
                held.fingerprint(),
                held.owner(),
                held.fencing(),
                held.attempt(),
                held.origin(),
                held.lockTimeout(),
                held.window(),
                held.claimedAt(),
                held.heartbeatAt(),
                held.completion(),
                MonotonicInstant.now().plus(Duration.ofSeconds(-1)),
                held.onlyIfKnown());
    }
}
