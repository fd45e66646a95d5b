package dev.idem.core.journal.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Journal;
import dev.idem.core.journal.JournalLimits;
import dev.idem.core.journal.JournalListener;
import dev.idem.core.journal.Sample;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** Another node copies to PostgreSQL what a node's journal could not write. */
@ExtendWith(ServersExtension.class)
final class JournalRecoveryIT {
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});
    private static final Scope SCOPE = new Scope("user:1");

    /** So many that a scan has several steps. */
    private static final int MANY = 3_000;

    /** One silence so long that no node counts as dead, and one so short that every other node does. */
    private static final Duration LONG = Duration.ofHours(1);

    private static final Duration NONE = Duration.ZERO;

    private final UnifiedJedis redis;
    private final Jdbi jdbi;
    private final RedisFastStore store;
    private final JournalGaps dead;
    private final AtomicInteger scans = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final RecoveryListener listener = new RecoveryListener() {
        @Override
        public void recovered(Duration took) {
            scans.incrementAndGet();
        }

        @Override
        public void recoveryFailed() {
            failures.incrementAndGet();
        }
    };

    JournalRecoveryIT(TestRedis server, TestDatabase database) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        jdbi = Jdbi.create(Tables.in(database));
        store = new RedisFastStore(() -> redis, server.keyPrefix());
        dead = store.journalGaps();
    }

    @AfterEach
    void stop() {
        redis.close();
    }

    @Test
    void whatADeadNodesJournalHeldIsCopiedByAnother() {
        dead.alive(LONG);
        Lease lease = completed("k");

        round(LONG, writer());
        assertThat(inPostgres(lease)).isFalse();

        round(NONE, writer());
        assertThat(inPostgres(lease)).isTrue();
        assertThat(hasNotes()).isFalse();
    }

    @Test
    void aNoteStaysUntilEverythingIsThere() {
        dead.alive(LONG);
        Lease lease = completed("k");

        round(NONE, unavailable());
        assertThat(hasNotes()).isTrue();
        assertThat(failures).hasValue(1);

        round(LONG, writer());
        assertThat(inPostgres(lease)).isTrue();
        assertThat(hasNotes()).isFalse();
    }

    @Test
    void withoutNotesNothingIsScanned() {
        completed("k");

        round(LONG, unavailable());

        assertThat(failures).hasValue(0);
        assertThat(scans).hasValue(0);
    }

    @Test
    void aNodeThatWasOnlyPausedCostsOneScan() {
        dead.alive(LONG);
        round(NONE, writer());
        dead.alive(LONG);

        IntStream.range(0, 3).forEach(round -> round(LONG, writer()));

        assertThat(scans).hasValue(1);
    }

    @Test
    void whileOneNodeScansNoOtherDoes() throws Exception {
        dead.note();
        completed("k");
        CountDownLatch scanning = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Thread first = start(recovery(LONG, entries -> {
            scanning.countDown();
            awaitLatch(over);
        }));
        scanning.await();

        round(LONG, unavailable());
        assertThat(failures).hasValue(0);

        over.countDown();
        first.join();
        assertThat(scans).hasValue(1);
    }

    @Test
    void aNodeThatDiesDuringItsScanIsFollowedByAnother() throws Exception {
        dead.note();
        IntStream.range(0, MANY).forEach(i -> completed("k" + i));
        Duration lease = Duration.ofSeconds(2);
        CountDownLatch scanning = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        Set<RecordId> early = ConcurrentHashMap.newKeySet();
        long begin = System.nanoTime();
        Thread first = start(recovery(lease, entries -> {
            if (early.size() > MANY / 2) {
                scanning.countDown();
                awaitLatch(over);
            }
            add(entries, early);
            // Its progress is kept every second.
            await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - begin > 1_050_000_000L);
        }));
        scanning.await();
        Set<RecordId> late = ConcurrentHashMap.newKeySet();
        JournalRecovery second = recovery(lease, entries -> add(entries, late));

        await().until(() -> {
            second.runOnce();
            return !hasNotes();
        });

        assertThat(late).isNotEmpty().hasSizeLessThan(MANY);
        early.addAll(late);
        assertThat(early).hasSize(MANY);
        over.countDown();
        first.join();
        assertThat(scans).hasValue(1);
    }

    /** Each page takes longer than half of the lease. */
    @Test
    void aStepOfLargeRecordsKeepsItsTurn() {
        dead.note();
        IntStream.range(0, 2).mapToObj(i -> Sample.of(SCOPE, "k" + i).lease()).forEach(large -> store.answers()
                .remember(large, Sample.answer(1, 1 << 20)));
        Duration lease = Duration.ofSeconds(3);
        List<Boolean> taken = new ArrayList<>();

        recovery(lease, entries -> {
                    long begin = System.nanoTime();
                    await().until(() -> System.nanoTime() - begin > 1_600_000_000L);
                    taken.add(store.recoveryTurn().take(lease));
                })
                .runOnce();

        assertThat(taken).containsExactly(false, false);
        assertThat(scans).hasValue(1);
    }

    @Test
    void aScanThatFailsIsContinuedWhereItWas() {
        dead.note();
        IntStream.range(0, MANY).forEach(i -> completed("k" + i));
        Set<RecordId> early = ConcurrentHashMap.newKeySet();
        recovery(LONG, entries -> {
                    if (early.size() > MANY / 2) {
                        throw new StoreUnavailableException("postgresql", "it is away");
                    }
                    add(entries, early);
                })
                .runOnce();
        Set<RecordId> late = ConcurrentHashMap.newKeySet();

        recovery(LONG, entries -> add(entries, late)).runOnce();

        assertThat(late).hasSizeLessThan(MANY / 2);
        early.addAll(late);
        assertThat(early).hasSize(MANY);
        assertThat(hasNotes()).isFalse();
    }

    @Test
    void aScanCoversTheNotesOfItsBeginning() {
        dead.note();
        completed("k");
        recovery(LONG, entries -> store.journalGaps().note()).runOnce();

        assertThat(store.journalGaps().notes().byNode()).hasSize(1);

        await().until(() -> {
            recovery(LONG, entries -> {}).runOnce();
            return !hasNotes();
        });
        assertThat(scans).hasValue(2);
    }

    @Test
    void aRecordThatPostgresqlRefusesKeepsNoOtherFromIt() {
        dead.note();
        completed("bad");
        Lease good = completed("good");

        recovery(LONG, entries -> {
                    if (entries.stream().anyMatch(entry -> entry.id().key().equals("bad"))) {
                        throw new IllegalStateException("refused");
                    }
                    writer().merge(entries);
                })
                .runOnce();

        assertThat(inPostgres(good)).isTrue();
        assertThat(hasNotes()).isFalse();
    }

    @Test
    void anAnswerThatPostgresqlHasIsNotWrittenAgain() {
        dead.note();
        completed("k");
        recovery(LONG, writer()).runOnce();
        dead.note();
        Set<RecordId> written = ConcurrentHashMap.newKeySet();

        await().until(() -> {
            recovery(LONG, entries -> add(entries, written)).runOnce();
            return !hasNotes();
        });

        assertThat(written).isEmpty();
    }

    @Test
    void aNodeThatIsStoppedEndsItsScanAndItsTurn() {
        dead.note();
        completed("k");
        IntStream.range(0, MANY).forEach(i -> completed("k" + i));
        recovery(LONG, entries -> Thread.currentThread().interrupt()).runOnce();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(hasNotes()).isTrue();

        recovery(LONG, entries -> {}).runOnce();

        assertThat(hasNotes()).isFalse();
    }

    private Lease completed(String key) {
        Lease lease = Sample.of(SCOPE, key).lease();
        store.answers().remember(lease, ANSWER);
        return lease;
    }

    private boolean inPostgres(Lease lease) {
        return new PostgresRecords(jdbi)
                .find(lease.id())
                .filter(record -> record.answer().equals(Optional.of(ANSWER)))
                .isPresent();
    }

    private boolean hasNotes() {
        return !dead.notes().isEmpty();
    }

    private JournalWriter writer() {
        return new PostgresJournalWriter(jdbi);
    }

    private static JournalWriter unavailable() {
        return entries -> {
            throw new StoreUnavailableException("postgresql", "it is away");
        };
    }

    /** A round of a node of its own. */
    private void round(Duration silence, JournalWriter writer) {
        new JournalHeartbeat(silence, idle(writer), store.journalGaps(), listener).runOnce();
        recovery(LONG, writer).runOnce();
    }

    private JournalRecovery recovery(Duration lease, JournalWriter writer) {
        return new JournalRecovery(
                lease,
                idle(writer),
                store.journalGaps(),
                store.recoveryTurn(),
                store.changedRecords(),
                new PostgresDurableStore(jdbi).answers(),
                writer,
                listener);
    }

    private static Journal idle(JournalWriter writer) {
        return new Journal(writer, JournalLimits.DEFAULT, JournalListener.NONE);
    }

    private static Thread start(JournalRecovery recovery) {
        Thread thread = new Thread(recovery::runOnce, "scan " + UUID.randomUUID());
        thread.start();
        return thread;
    }

    private static void add(List<JournalEntry> entries, Set<RecordId> ids) {
        entries.stream().map(JournalEntry::id).forEach(ids::add);
    }

    private static void awaitLatch(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
