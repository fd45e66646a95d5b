package dev.idem.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class JournalTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(40);
    private static final Scope SCOPE = new Scope("user:1");
    private static final Answer ANSWER = Sample.answer(1, 10);

    private final ScriptedWriter writer = new ScriptedWriter();
    private final RecordingJournalListener listener = new RecordingJournalListener();
    private final Lease a = Sample.of(SCOPE, "a").lease();
    private final Lease b = Sample.of(SCOPE, "b").lease();
    private final Lease c = Sample.of(SCOPE, "c").lease();
    private Journal journal = journal(limits(100, 1 << 20, PATIENCE));

    @AfterEach
    void close() {
        writer.away = false;
        writer.letAll();
        journal.close();
    }

    @Test
    void anIdleJournalHasNoLagAndWaitsForNothing() {
        assertThat(journal.lag()).isZero();
        assertThat(journal.depth()).isZero();
        assertThat(journal.isBehind()).isFalse();
        assertThat(journal.awaitWritten(a.id(), Duration.ZERO)).isTrue();
    }

    @Test
    void anEntryIsWrittenAtOnce() {
        journal.claimed(a);

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).extracting(JournalEntry::id).containsExactly(a.id());
        await().untilAsserted(() -> assertThat(listener.written).hasValue(1));
    }

    @Test
    void whatGathersDuringAWriteGoesIntoTheNextOneInItsOrder() {
        whileAIsWritten(() -> {
            journal.claimed(c);
            journal.claimed(b);
        });

        await().until(() -> writer.written.size() == 2);
        assertThat(writer.written.get(1)).extracting(JournalEntry::id).containsExactly(c.id(), b.id());
    }

    @Test
    void entriesOfOneRecordCoalesce() {
        whileAIsWritten(() -> {
            journal.claimed(b);
            journal.renewed(b);
            journal.completed(b, ANSWER);
            assertThat(journal.depth()).isEqualTo(2);
        });

        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).hasSize(2);
        assertThat(writer.written.get(1).get(0).held().orElseThrow().completed())
                .isTrue();
    }

    @Test
    void anEntryOfTheRecordThatIsBeingWrittenIsWrittenAfterIt() {
        whileAIsWritten(() -> journal.completed(a, ANSWER));

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
        assertThat(writer.all())
                .extracting(entry -> entry.held().orElseThrow().completed())
                .containsExactly(false, true);
    }

    @Test
    void whoAwaitsARecordIsHeldUntilItIsWritten() {
        whileAIsWritten(() -> assertThat(journal.awaitWritten(a.id(), SHORT)).isFalse());

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
    }

    @Test
    void aRecordIsAwaitedUntilItsLastEntryIsWritten() {
        whileAIsWritten(() -> {
            journal.completed(a, ANSWER);
            writer.letOne();
            await().until(() -> writer.attempts.size() == 2);
            assertThat(journal.awaitWritten(a.id(), SHORT)).isFalse();
        });

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
    }

    @Test
    void whatComesWithinAMomentIsWrittenTogether() {
        restart(gathering(PATIENCE, 3));

        journal.claimed(a);
        journal.completed(a, ANSWER);
        journal.claimed(b);
        assertThat(writer.attempts).isEmpty();
        journal.claimed(c);

        await().until(() -> writer.all().size() == 3);
        assertThat(writer.written).extracting(List::size).containsExactly(3);
    }

    @Test
    void whatIsAloneIsWrittenAfterAMoment() {
        restart(gathering(SHORT, 100));

        journal.claimed(a);

        await().until(() -> writer.all().size() == 1);
    }

    @Test
    void whatSomebodyWaitsForIsWrittenAtOnce() {
        restart(gathering(PATIENCE, 100));
        journal.claimed(a);
        assertThat(writer.attempts).isEmpty();

        assertThat(journal.awaitWritten(a.id(), PATIENCE.dividedBy(2))).isTrue();
    }

    @Test
    void closingWritesWhatIsGathered() {
        restart(gathering(PATIENCE, 100));
        journal.claimed(a);

        journal.close();

        assertThat(writer.all()).hasSize(1);
    }

    @Test
    void aBatchIsBoundedByEntries() {
        restart(new JournalLimits(100, 1 << 20, 2, 1 << 20, Duration.ZERO, PATIENCE, PATIENCE));

        whileAIsWritten(() -> IntStream.range(0, 5)
                .forEach(i -> journal.claimed(Sample.of(SCOPE, "k" + i).lease())));

        await().until(() -> writer.all().size() == 6);
        assertThat(writer.written).extracting(List::size).containsExactly(1, 2, 2, 1);
    }

    @Test
    void aBatchIsBoundedByBytesButNeverEmpty() {
        restart(new JournalLimits(100, 1 << 20, 100, 2_000, Duration.ZERO, PATIENCE, PATIENCE));

        whileAIsWritten(() -> {
            journal.claimed(b);
            journal.completed(c, Sample.answer(1, 10_000));
        });

        await().until(() -> writer.all().size() == 3);
        assertThat(writer.written).extracting(List::size).containsExactly(1, 1, 1);
    }

    @Test
    void theLagIsTheAgeOfTheOldestEntry() {
        whileAIsWritten(() -> {
            await().until(() -> journal.lag().compareTo(SHORT) > 0);
            journal.claimed(b);
            assertThat(journal.lag()).isGreaterThan(SHORT);
        });

        await().untilAsserted(() -> assertThat(journal.lag()).isZero());
        assertThat(listener.lags.get(0)).isGreaterThan(SHORT);
    }

    @Test
    void aCallerWaitsForRoom() {
        restart(limits(1, 1 << 20, PATIENCE));

        CompletableFuture<Void> caller = whileAIsWritten(() -> {
            CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> journal.claimed(b));
            await().during(SHORT).until(() -> !blocked.isDone());
            return blocked;
        });

        assertThat(caller).succeedsWithin(PATIENCE);
        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        assertThat(listener.dropped).hasValue(0);
    }

    @Test
    void anEntryThatFindsNoRoomInTimeIsDropped() {
        restart(limits(1, 1 << 20, SHORT));

        whileAIsWritten(() -> journal.claimed(b));

        assertThat(journal.isBehind()).isTrue();
        assertThat(listener.dropped).hasValue(1);
        journal.caughtUp();
        assertThat(journal.isBehind()).isFalse();
    }

    @Test
    void answersTakeRoomByTheirBytes() {
        restart(limits(100, 10_000, SHORT));

        whileAIsWritten(() -> {
            journal.completed(b, Sample.answer(1, 6_000));
            assertThat(listener.dropped).hasValue(0);
            journal.completed(c, Sample.answer(1, 6_000));
            assertThat(listener.dropped).hasValue(1);
        });

        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        journal.completed(c, Sample.answer(1, 6_000));
        assertThat(listener.dropped).hasValue(1);
    }

    @Test
    void anAnswerLargerThanTheJournalIsTakenWhenNothingElseIsThere() {
        restart(limits(100, 10_000, SHORT));

        journal.completed(a, Sample.answer(1, 50_000));

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).hasSize(1);
    }

    @Test
    void aFullJournalStillTakesWhatReplacesAnEntry() {
        restart(limits(2, 1 << 20, Duration.ZERO));

        whileAIsWritten(() -> {
            journal.claimed(b);
            journal.abandoned(b);
            journal.claimed(c);
        });

        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        assertThat(writer.written.get(1)).containsExactly(JournalEntry.abandoned(b));
        assertThat(listener.dropped).hasValue(1);
    }

    @Test
    void nobodyWaitsForRoomWhileTheStoreIsAway() {
        restart(limits(1, 1 << 20, PATIENCE));
        writer.away = true;
        journal.claimed(a);
        await().until(() -> writer.attempts.size() > 1);

        CompletableFuture<Void> caller = CompletableFuture.runAsync(() -> journal.claimed(b));

        assertThat(caller).succeedsWithin(PATIENCE.dividedBy(4));
        assertThat(listener.dropped).hasValue(1);
        assertThat(journal.isBehind()).isTrue();
    }

    @Test
    void whoeverWaitsForRoomStopsWhenTheStoreGoesAway() {
        restart(limits(1, 1 << 20, PATIENCE));

        CompletableFuture<Void> caller = whileAIsWritten(() -> {
            CompletableFuture<Void> blocked = CompletableFuture.runAsync(() -> journal.claimed(b));
            await().during(SHORT).until(() -> !blocked.isDone());
            writer.away = true;
            return blocked;
        });

        assertThat(caller).succeedsWithin(PATIENCE.dividedBy(4));
        assertThat(listener.dropped).hasValue(1);
    }

    @Test
    void entriesStayWhileTheStoreIsAwayAndTheLatestStateIsWritten() {
        writer.away = true;
        journal.claimed(a);
        journal.claimed(b);
        await().until(() -> writer.attempts.size() > 1);
        journal.completed(a, ANSWER);

        writer.away = false;

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).extracting(JournalEntry::id).containsExactlyInAnyOrder(a.id(), b.id());
        assertThat(writer.all())
                .filteredOn(entry -> entry.id().equals(a.id()))
                .allMatch(entry -> entry.held().orElseThrow().completed());
        assertThat(listener.dropped).hasValue(0);
    }

    @Test
    void oneEntryThatIsRefusedDoesNotHoldUpTheOthers() {
        writer.refused.add(b.id());

        whileAIsWritten(() -> {
            journal.claimed(Sample.of(SCOPE, "before").lease());
            journal.claimed(b);
            journal.claimed(c);
        });

        assertThat(journal.awaitWritten(c.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).extracting(entry -> entry.id().key()).containsExactly("a", "before", "c");
        assertThat(listener.dropped).hasValue(1);
        assertThat(journal.isBehind()).isTrue();
    }

    @Test
    void afterARefusalEntriesAreBatchedAgain() {
        writer.refused.add(a.id());
        journal.claimed(a);
        await().untilAsserted(() -> assertThat(listener.dropped).hasValue(1));
        writer.refused.clear();

        whileAIsWritten(() -> {
            journal.claimed(b);
            journal.claimed(c);
        });

        await().until(() -> writer.all().size() == 3);
        assertThat(writer.written).extracting(List::size).containsExactly(1, 2);
    }

    @Test
    void closingWritesWhatIsQueued() {
        whileAIsWritten(() -> {
            journal.claimed(b);
            journal.claimed(c);
        });

        journal.close();

        assertThat(writer.all()).hasSize(3);
        assertThat(listener.dropped).hasValue(0);
    }

    @Test
    void closingDoesNotWaitForThePauseToEnd() {
        writer.away = true;
        journal.claimed(a);
        await().until(() -> writer.attempts.size() == 6); // from now on the pause is a full second
        writer.away = false;
        MonotonicInstant begin = MonotonicInstant.now();

        journal.close();

        assertThat(begin.age()).isLessThan(Duration.ofMillis(700));
        assertThat(writer.all()).hasSize(1);
    }

    @Test
    void closingGivesUpInTheEnd() {
        restart(new JournalLimits(100, 1 << 20, 100, 1 << 20, Duration.ZERO, PATIENCE, SHORT));
        writer.away = true;
        journal.claimed(a);
        journal.claimed(b);

        journal.close();

        await().untilAtomic(listener.dropped, count -> assertThat(count).isEqualTo(2));
        assertThat(journal.depth()).isZero();
    }

    @Test
    void closingDoesNotWaitForAWriteThatHangs() {
        restart(new JournalLimits(100, 1 << 20, 100, 1 << 20, Duration.ZERO, PATIENCE, SHORT));

        whileAIsWritten(() -> {
            journal.close();
            assertThat(listener.dropped).hasValue(1);
        });
    }

    @Test
    void aClosedJournalTakesNothing() {
        journal.close();

        journal.claimed(a);

        assertThat(listener.dropped).hasValue(1);
        assertThat(writer.all()).isEmpty();
    }

    @Test
    void whatWasQueuedBeforeTheStartIsWrittenAfterIt() {
        journal.close();
        journal = new Journal(writer, limits(100, 1 << 20, PATIENCE), listener);
        journal.claimed(a);

        journal.start();

        assertThat(journal.awaitWritten(a.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).hasSize(1);
    }

    @Test
    void anInterruptedCallerDoesNotWaitAndStaysInterrupted() {
        restart(limits(1, 1 << 20, PATIENCE));

        whileAIsWritten(() -> {
            Thread.currentThread().interrupt();
            journal.claimed(b);
            assertThat(Thread.interrupted()).isTrue();
        });

        assertThat(listener.dropped).hasValue(1);
    }

    @Test
    void aWriterThatBreaksLosesItsEntryAndNotTheJournal() {
        writer.broken = true;
        journal.claimed(a);

        await().untilAsserted(() -> assertThat(listener.dropped).hasValue(1));
        writer.broken = false;
        journal.claimed(b);
        assertThat(journal.awaitWritten(b.id(), PATIENCE)).isTrue();
        assertThat(writer.all()).extracting(JournalEntry::id).containsExactly(b.id());
    }

    private void whileAIsWritten(Runnable step) {
        whileAIsWritten(() -> {
            step.run();
            return true;
        });
    }

    /** Runs an action while the writer is blocked at its first batch, which is {@code a}'s claim. */
    private <T> T whileAIsWritten(Supplier<T> step) {
        int before = writer.attempts.size();
        writer.hold();
        journal.claimed(a);
        await().until(() -> writer.attempts.size() > before);
        try {
            return step.get();
        } finally {
            writer.letAll();
        }
    }

    private void restart(JournalLimits limits) {
        journal.close();
        journal = journal(limits);
    }

    private Journal journal(JournalLimits limits) {
        Journal made = new Journal(writer, limits, listener);
        made.start();
        return made;
    }

    private static JournalLimits gathering(Duration moment, int batchEntries) {
        return new JournalLimits(100, 1 << 20, batchEntries, 1 << 20, moment, PATIENCE, PATIENCE);
    }

    private static JournalLimits limits(int entries, long bytes, Duration patience) {
        return new JournalLimits(entries, bytes, 100, 1 << 20, Duration.ZERO, patience, PATIENCE);
    }
}
