package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.Tombstone;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.assertj.core.data.TemporalUnitOffset;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresJournalWriterIT {
    private static final Answer ANSWER = Sample.answer(1, 100);
    private static final Answer OTHER_ANSWER = Sample.answer(2, 100);
    private static final Duration TINY = Duration.ofMillis(1);
    private static final Duration PAST = Duration.ofSeconds(-1);
    private static final TemporalUnitOffset A_MOMENT = within(2, ChronoUnit.SECONDS);

    private final MigratedDatabase database;
    private final PostgresStore store;
    private final PostgresRecords records;
    private final PostgresJournalWriter writer;
    private Sample first = Sample.of(new Scope("nobody"), "k");

    PostgresJournalWriterIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
        records = new PostgresRecords(database.jdbi());
        writer = new PostgresJournalWriter(database.jdbi());
    }

    @BeforeEach
    void eachTestHasAScopeOfItsOwn() {
        first = Sample.of(new Scope("user:" + UUID.randomUUID()), "k");
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void aClaimMakesTheRequestInFlight() {
        merge(JournalEntry.claimed(first.lease()));

        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aDeletedAnswerDoesNotComeBackFromAJournal() {
        JournalEntry late = JournalEntry.completed(first.lease(), ANSWER);
        merge(late);
        assertThat(records.delete(first.id())).isTrue();

        merge(late);
        assertThat(records.find(first.id())).isEmpty();

        merge(JournalEntry.completed(first.successor(2_000).lease(), OTHER_ANSWER));
        assertThat(records.find(first.id()).orElseThrow().answer()).contains(OTHER_ANSWER);
    }

    /** The fast store had the record and its owner, this store had not heard of it yet. */
    @Test
    void anAnswerThatWasDeletedInTheOtherStoreIsNotWrittenHere() {
        JournalEntry late = JournalEntry.completed(first.lease(), ANSWER);
        Tombstone tombstone =
                new Tombstone(first.id(), Set.of(first.lease().owner()), MonotonicInstant.now(), Duration.ofHours(1));
        assertThat(records.delete(tombstone)).isFalse();

        merge(late);

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void anAnswerFromBeforeTheDeletionIsNotWrittenWhoeverGaveIt() {
        JournalEntry late = aSecondOld(first);
        assertThat(records.delete(first.id())).isFalse();

        merge(late);

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void aReleasedKeyIsNotHeldAgainByAJournal() {
        JournalEntry held = JournalEntry.completed(first.lease(), AnswerNotStored.OUTCOME_UNKNOWN);
        merge(held);
        assertThat(records.release(records.find(first.id()).orElseThrow())).isTrue();

        merge(held);

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void aDeletionWaitsForAJournalThatWritesTheRecordAtThisMoment() throws Exception {
        boolean deleted = whichWaitsFor(
                () -> records.delete(first.id()), Duration.ZERO, journal -> new PostgresJournalWriter(journal)
                        .merge(List.of(JournalEntry.completed(first.lease(), ANSWER))));

        assertThat(deleted).isTrue();
        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void aReleaseWaitsForAJournalThatWritesTheUnknownOutcomeAtThisMoment() throws Exception {
        JournalEntry held = JournalEntry.completed(first.lease(), AnswerNotStored.OUTCOME_UNKNOWN);
        merge(held);
        StoredRecord seen = records.find(first.id()).orElseThrow();

        boolean released =
                whichWaitsFor(() -> records.release(seen), Duration.ZERO, journal -> new PostgresJournalWriter(journal)
                        .merge(List.of(held)));

        assertThat(released).isTrue();
        assertThat(records.find(first.id())).isEmpty();
    }

    /** Its ages are from before it waited. */
    @Test
    void aJournalThatHasWaitedForADeletionFindsItsTombstone() throws Exception {
        Duration longerThanTheAnswersAge = Duration.ofMillis(1_100);
        Tombstone tombstone = new Tombstone(first.id(), Set.of(), MonotonicInstant.now(), Duration.ofHours(1));

        boolean merged = whichWaitsFor(
                () -> {
                    merge(aSecondOld(first));
                    return true;
                },
                longerThanTheAnswersAge,
                operator -> assertThat(new PostgresRecords(operator).delete(tombstone))
                        .isFalse());

        assertThat(merged).isTrue();
        assertThat(records.find(first.id())).isEmpty();
    }

    private static JournalEntry aSecondOld(Sample sample) {
        return JournalEntry.of(seen(sample, Duration.ofSeconds(1), sample.ttl(), Optional.of(ANSWER)));
    }

    /** A dump reads all tables in one transaction of hours. Nor does a failback's switch wait, which reads tombstones. */
    @Test
    void aDeletionDoesNotWaitForThoseWhoOnlyReadTombstones() {
        merge(JournalEntry.completed(first.lease(), ANSWER));

        boolean deleted = database.jdbi().inTransaction(dump -> {
            dump.execute("LOCK TABLE idempotency_tombstones, idempotency_records IN ACCESS SHARE MODE");
            return records.delete(first.id());
        });

        assertThat(deleted).isTrue();
    }

    private boolean whichWaitsFor(Callable<Boolean> second, Duration time, Consumer<Jdbi> holder) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> waiting = database.jdbi().inTransaction(handle -> {
                holder.accept(Jdbi.create(handle.getConnection()));
                Future<Boolean> call = other.submit(second);
                await().until(() -> someoneHasWaited(time));
                return call;
            });
            return waiting.get(10, TimeUnit.SECONDS);
        } finally {
            other.shutdown();
        }
    }

    private boolean someoneHasWaited(Duration time) {
        return database.jdbi().withHandle(handle -> handle.select(
                        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND wait_event = 'advisory' AND query_start <= clock_timestamp() - ? * interval '1 ms'",
                        time.toMillis())
                .mapTo(Boolean.class)
                .one());
    }

    @Test
    void aCompletionIsReplayed() {
        merge(JournalEntry.claimed(first.lease()));
        merge(JournalEntry.completed(first.lease(), ANSWER));

        assertThat(replayed()).isEqualTo(ANSWER);
    }

    @Test
    void aCompletionNeedsNoClaimBefore() {
        merge(JournalEntry.completed(first.lease(), ANSWER));

        assertThat(replayed()).isEqualTo(ANSWER);
    }

    @Test
    void aMegabyteAndRepeatedHeadersArriveAsTheyWere() {
        Answer large = Sample.answer(3, 1 << 20);
        merge(JournalEntry.completed(first.lease(), large));

        assertThat(replayed()).isEqualTo(large);
    }

    @Test
    void anAnswerThatIsNotStoredStillStopsRepeats() {
        Answer notStored = new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE);
        merge(JournalEntry.completed(first.lease(), notStored));

        assertThat(replayed()).isEqualTo(notStored);
    }

    @Test
    void anUnknownOutcomeGivesWayToTheAnswerOfItsOwnerOrOfALaterOneAndNeverTheOtherWayRound() {
        Sample late = first.successor(2_000);
        merge(JournalEntry.completed(first.lease(), AnswerNotStored.OUTCOME_UNKNOWN));
        merge(JournalEntry.claimed(late.lease()));
        assertThat(replayed()).isEqualTo(AnswerNotStored.OUTCOME_UNKNOWN);

        merge(JournalEntry.completed(first.lease(), ANSWER));
        assertThat(replayed()).isEqualTo(ANSWER);
        merge(JournalEntry.completed(late.lease(), AnswerNotStored.OUTCOME_UNKNOWN));
        merge(JournalEntry.completed(late.lease(), OTHER_ANSWER));
        assertThat(replayed()).isEqualTo(ANSWER);

        Sample another = Sample.of(first.request().id().scope(), "another");
        merge(JournalEntry.completed(another.successor(2_000).lease(), AnswerNotStored.OUTCOME_UNKNOWN));
        merge(JournalEntry.completed(another.lease(), ANSWER));
        assertThat(records.find(another.lease().id()).flatMap(StoredRecord::answer))
                .contains(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    @Test
    void anAnswerThatHasAWindowIsFollowedByALaterOwnersInWhateverOrderTheyCome() {
        Sample early = first.within(Duration.ofMinutes(1));
        Sample late = first.successor(2_000).within(Duration.ofMinutes(1));
        merge(JournalEntry.completed(early.lease(), ANSWER));
        merge(JournalEntry.claimed(late.lease()));
        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);

        merge(JournalEntry.completed(early.lease(), ANSWER));
        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);

        merge(JournalEntry.completed(late.lease(), Sample.answer(2, 10)));
        merge(JournalEntry.completed(early.lease(), ANSWER));
        assertThat(replayed()).isEqualTo(Sample.answer(2, 10));
        assertThat(row().window()).contains(Duration.ofMinutes(1));
    }

    @Test
    void whatALeaseSaysIsWhatTheRowSays() {
        merge(JournalEntry.claimed(first.lease()));

        StoredRecord row = row();
        assertThat(row.owner()).isEqualTo(first.owner());
        assertThat(row.fencing()).isEqualTo(first.fencing());
        assertThat(row.attempt()).isEqualTo(1);
        assertThat(row.fingerprint()).isEqualTo(first.request().fingerprint());
        assertThat(row.origin()).isEqualTo(first.request().origin());
        assertThat(row.lockTimeout()).isEqualTo(first.lockTimeout());
    }

    @Test
    void aProcessingRowOutlivesEveryHeartbeatThatMayCome() {
        merge(JournalEntry.claimed(first.lease()));

        StoredRecord row = row();
        assertThat(row.expiresAt())
                .isCloseTo(row.heartbeatAt().plus(first.ttl()).plus(first.lockTimeout()), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void anAnswerIsKeptForItsTimeToLiveFromItsCompletion() {
        merge(JournalEntry.completed(first.lease(), ANSWER));

        StoredRecord row = row();
        assertThat(row.expiresAt())
                .isCloseTo(row.completedAt().orElseThrow().plus(first.ttl()), within(1, ChronoUnit.MILLIS));
    }

    @Test
    void aStoredAnswerNeverChanges() {
        merge(JournalEntry.completed(first.lease(), ANSWER));
        StoredRecord before = row();
        Sample successor = first.successor(2_000);

        merge(JournalEntry.completed(successor.lease(), OTHER_ANSWER));
        merge(JournalEntry.claimed(successor.lease()));
        merge(JournalEntry.completed(first.lease(), OTHER_ANSWER));
        merge(JournalEntry.renewed(first.lease()));

        assertThat(row()).usingRecursiveComparison().ignoringFields("readAt").isEqualTo(before);
    }

    @Test
    void aCompletionIsAFactWhoeverHoldsTheRow() {
        Sample successor = first.successor(2_000);
        merge(JournalEntry.claimed(successor.lease()));

        merge(JournalEntry.completed(first.lease(), ANSWER));

        assertThat(replayed()).isEqualTo(ANSWER);
        assertThat(row().fencing()).isEqualTo(2_000);
    }

    @Test
    void aCompletionThatHasExpiredDoesNotFreeTheKeyOfASuccessor() {
        merge(JournalEntry.claimed(first.successor(2_000).lease()));

        merge(JournalEntry.of(seen(first, Duration.ofMinutes(2), PAST, Optional.of(ANSWER))));

        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void aClaimWithAHigherFencingNumberTakesTheRow() {
        merge(JournalEntry.claimed(first.lease()));
        Sample successor = first.successor(1_001);

        merge(JournalEntry.claimed(successor.lease()));

        assertThat(row().owner()).isEqualTo(successor.owner());
        assertThat(row().fencing()).isEqualTo(1_001);
    }

    @Test
    void aClaimWithALowerFencingNumberDoesNot() {
        merge(JournalEntry.claimed(first.lease()));

        merge(JournalEntry.claimed(first.successor(999).lease()));

        assertThat(row().owner()).isEqualTo(first.owner());
    }

    @Test
    void aHeartbeatRenewsTheRowAndLeavesTheTimeOfItsClaim() {
        merge(JournalEntry.of(seen(first, Duration.ofMinutes(2), Duration.ofMinutes(3), Optional.empty())));

        merge(JournalEntry.renewed(first.lease()));

        StoredRecord row = row();
        assertThat(row.heartbeatAt()).isCloseTo(row.readAt(), A_MOMENT);
        assertThat(row.claimedAt()).isCloseTo(row.readAt().minus(Duration.ofMinutes(2)), A_MOMENT);
        assertThat(row.expiresAt()).isAfter(row.readAt().plus(first.ttl()));
    }

    @Test
    void aHeartbeatMakesNoRow() {
        merge(JournalEntry.renewed(first.lease()));

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void anExpiredAnswerGivesWay() {
        merge(JournalEntry.of(seen(first, Duration.ofMinutes(2), PAST, Optional.of(ANSWER))));
        Sample successor = first.successor(2_000);

        merge(JournalEntry.claimed(successor.lease()));

        assertThat(row().owner()).isEqualTo(successor.owner());
        assertThat(row().answer()).isEmpty();
    }

    @Test
    void aLeaseWithALowNumberInAnExpiredRowIsStillRenewed() {
        merge(JournalEntry.of(seen(first.successor(9_000), Duration.ofMinutes(2), PAST, Optional.of(ANSWER))));
        merge(JournalEntry.of(seen(first, Duration.ofMinutes(1), Duration.ofMinutes(3), Optional.empty())));

        merge(JournalEntry.renewed(first.lease()));

        assertThat(row().heartbeatAt()).isCloseTo(row().readAt(), A_MOMENT);
        assertThat(row().fencing()).isEqualTo(9_000);
    }

    @Test
    void aStaleLeaseIsTakenOverWithAHigherFencingNumber() {
        Duration silence = Duration.ofMinutes(2);
        Sample stale = first.lockTimeout(Duration.ofMinutes(1));
        merge(JournalEntry.of(seen(stale, silence, Duration.ofMinutes(3), Optional.empty())));

        Claim claim = claimOfARepeat();

        assertThat(claim).isInstanceOf(Claim.Acquired.class);
        Lease lease = ((Claim.Acquired) claim).lease();
        assertThat(lease.fencing()).isGreaterThan(stale.fencing());
        assertThat(lease.attempt()).isEqualTo(2);
    }

    @Test
    void anAbandonedLeaseFreesTheKey() {
        merge(JournalEntry.claimed(first.lease()));

        merge(JournalEntry.abandoned(first.lease()));

        assertThat(claimOfARepeat()).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void anAbandonedLeaseLeavesAnotherOwnersRow() {
        merge(JournalEntry.claimed(first.successor(2_000).lease()));

        merge(JournalEntry.abandoned(first.lease()));

        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void anAbandonedLeaseLeavesAStoredAnswer() {
        merge(JournalEntry.completed(first.lease(), ANSWER));

        merge(JournalEntry.abandoned(first.lease()));

        assertThat(replayed()).isEqualTo(ANSWER);
    }

    @Test
    void whoeverTookOverAndGaveBackFreesTheDeadOwnersRowToo() {
        merge(JournalEntry.claimed(first.lease()));
        Lease successor = first.successor(2_000).takenOver();

        merge(JournalEntry.claimed(successor).then(JournalEntry.abandoned(successor)));

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void whoeverTookOverAndGaveBackLeavesALaterOwnersRow() {
        merge(JournalEntry.claimed(first.successor(3_000).lease()));

        merge(JournalEntry.abandoned(first.successor(2_000).takenOver()));

        assertThat(claimOfARepeat()).isInstanceOf(Claim.InFlight.class);
    }

    @Test
    void whatOneOwnerGaveBackIsFreedBeforeTheNextOneTakesIt() {
        merge(JournalEntry.claimed(first.lease()));
        Sample behindByItsClock = first.successor(900);

        merge(JournalEntry.abandoned(first.lease()).then(JournalEntry.claimed(behindByItsClock.lease())));

        assertThat(row().owner()).isEqualTo(behindByItsClock.owner());
    }

    @Test
    void aRecordFromAnotherStoreKeepsItsAgesAndItsRemainingLife() {
        Duration age = Duration.ofMinutes(7);
        Duration remaining = Duration.ofMinutes(11);
        merge(JournalEntry.of(seen(first, age, remaining, Optional.of(ANSWER))));

        StoredRecord row = row();
        assertThat(row.claimedAt()).isCloseTo(row.readAt().minus(age), A_MOMENT);
        assertThat(row.heartbeatAt()).isCloseTo(row.readAt().minus(age), A_MOMENT);
        assertThat(row.completedAt().orElseThrow()).isCloseTo(row.readAt().minus(age), A_MOMENT);
        assertThat(row.expiresAt()).isCloseTo(row.readAt().plus(remaining), A_MOMENT);
        assertThat(row.answer()).contains(ANSWER);
    }

    @Test
    void aRecordThatIsSeenTwiceInOneWalkIsWrittenOnceInItsLastState() {
        writer.merge(List.of(
                JournalEntry.of(seen(first, TINY, first.ttl(), Optional.empty())),
                JournalEntry.of(seen(first, TINY, first.ttl(), Optional.of(ANSWER)))));

        assertThat(replayed()).isEqualTo(ANSWER);
    }

    @Test
    void rowsCarryThePassWhileThisDatabaseDecides() {
        trust(false, 42);
        merge(JournalEntry.claimed(first.lease()));
        assertThat(pass()).contains(42L);

        trust(true, 43);
        merge(JournalEntry.completed(first.lease(), ANSWER));
        assertThat(pass()).isEmpty();
    }

    @Test
    void anEmptyListIsNothing() {
        writer.merge(List.of());

        assertThat(records.find(first.id())).isEmpty();
    }

    @Test
    void aRowThatPostgresRefusesIsNoUnavailability() {
        assertThatThrownBy(() -> merge(JournalEntry.claimed(first.node("\0").lease())))
                .isInstanceOf(RuntimeException.class)
                .isNotInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void nodesWithTheSameKeysInOppositeOrderNeverWaitInACircle() throws Exception {
        ExecutorService nodes = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 150; round++) {
                CyclicBarrier start = new CyclicBarrier(2);
                List<Future<?>> done = new ArrayList<>();
                for (boolean reversed : new boolean[] {false, true}) {
                    List<JournalEntry> entries = changes(round, reversed);
                    done.add(nodes.submit(() -> {
                        start.await();
                        writer.merge(entries);
                        return true;
                    }));
                }
                for (Future<?> each : done) {
                    each.get(1, TimeUnit.MINUTES); // a deadlock comes out here as a store that is unavailable
                }
            }
        } finally {
            nodes.shutdownNow();
        }
    }

    /** Claims of 60 records. Every third round also abandons what the node had claimed before. */
    private List<JournalEntry> changes(int round, boolean reversed) {
        List<JournalEntry> entries = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Sample record = Sample.of(first.id().scope(), "k" + i);
            JournalEntry abandoned = JournalEntry.abandoned(new Sample(
                            record.id(),
                            new UUID(i, round - 1),
                            0,
                            first.lockTimeout(),
                            first.ttl(),
                            "n1",
                            Optional.empty())
                    .lease());
            JournalEntry claimed = JournalEntry.claimed(new Sample(
                            record.id(),
                            new UUID(i, round),
                            1_000 + round,
                            first.lockTimeout(),
                            first.ttl(),
                            "n1",
                            Optional.empty())
                    .lease());
            entries.add(round % 3 == 0 ? abandoned.then(claimed) : claimed);
        }
        if (reversed) {
            Collections.reverse(entries);
        }
        return entries;
    }

    private void merge(JournalEntry entry) {
        writer.merge(List.of(entry));
    }

    private Claim claimOfARepeat() {
        return store.claim(first.successor(0).request());
    }

    private Answer replayed() {
        Claim claim = claimOfARepeat();
        assertThat(claim).isInstanceOf(Claim.Replay.class);
        return ((Claim.Replay) claim).answer();
    }

    private StoredRecord row() {
        return records.find(first.id()).orElseThrow();
    }

    private void trust(boolean trusted, long pass) {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("UPDATE idempotency_trust SET trusted = ?, pass = ?", trusted, pass));
    }

    private Optional<Long> pass() {
        RecordId id = first.id();
        return database.jdbi().withHandle(handle -> handle.select(
                        "SELECT refill_pass FROM idempotency_records WHERE scope = ? AND key = ?",
                        id.scope().value(),
                        id.key())
                .mapTo(Long.class)
                .findOne());
    }

    /** A record as another store keeps it, whose clock differs greatly. */
    private static StoredRecord seen(Sample sample, Duration age, Duration remaining, Optional<Answer> answer) {
        Instant now = Instant.EPOCH;
        return new StoredRecord(
                sample.id(),
                sample.request().fingerprint(),
                sample.owner(),
                sample.fencing(),
                1,
                sample.request().origin(),
                now.minus(age),
                now.minus(age),
                sample.lockTimeout(),
                Optional.empty(),
                answer.map(stored -> now.minus(age)),
                now.plus(remaining),
                answer,
                now);
    }
}
