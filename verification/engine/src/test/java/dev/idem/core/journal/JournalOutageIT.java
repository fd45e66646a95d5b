package dev.idem.core.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A PostgreSQL used by this test alone stops and restarts. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalOutageIT {
    private static final Answer ANSWER = Sample.answer(1, 5_000);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EphemeralPostgres server = EphemeralPostgres.start();
    private final MigratedDatabase database =
            new MigratedDatabase(new TestDatabase(server.jdbcUrl() + "&socketTimeout=1&connectTimeout=1"));
    private final PostgresStore store = PostgresStore.always(database.jdbi());
    private int tests;
    private List<Sample> samples = List.of();

    @BeforeEach
    void eachTestHasRecordsOfItsOwn() {
        Scope scope = new Scope("user:" + ++tests);
        samples =
                IntStream.range(0, 300).mapToObj(i -> Sample.of(scope, "k" + i)).toList();
    }

    @AfterAll
    void stop() {
        database.close();
        server.close();
    }

    @Test
    void allArrivesAfterPostgresWasKilled() {
        assertAllArrives(server::kill, server::restart);
    }

    @Test
    void allArrivesAfterPostgresHung() {
        assertAllArrives(server::pause, server::resume);
    }

    @Test
    void whatFindsNoRoomMeanwhileIsDroppedAndTold() {
        RecordingJournalListener listener = new RecordingJournalListener();
        JournalLimits small = new JournalLimits(100, 1 << 20, 100, 1 << 20, Duration.ZERO, Duration.ZERO, PATIENCE);
        server.kill();
        try (Journal journal = started(small, listener)) {
            samples.forEach(sample -> journal.completed(sample.lease(), ANSWER));

            assertThat(journal.isBehind()).isTrue();
            assertThat(listener.dropped).hasValue(200);
            server.restart();
            assertThat(samples).allSatisfy(sample -> assertThat(journal.awaitWritten(sample.id(), PATIENCE))
                    .isTrue());
        }

        assertThat(samples.subList(0, 100)).allSatisfy(this::assertReplays);
        assertThat(samples.subList(100, 300))
                .allSatisfy(sample -> assertThat(claimOfARepeat(sample)).isInstanceOf(Claim.Acquired.class));
    }

    private void assertAllArrives(Runnable away, Runnable back) {
        RecordingJournalListener listener = new RecordingJournalListener();
        try (Journal journal = started(JournalLimits.DEFAULT, listener)) {
            samples.subList(0, 100).forEach(sample -> journal.claimed(sample.lease()));
            away.run();
            samples.subList(100, 200).forEach(sample -> journal.claimed(sample.lease()));
            await().atMost(PATIENCE).until(() -> journal.lag().compareTo(Duration.ofMillis(1_500)) > 0);
            samples.forEach(sample -> journal.completed(sample.lease(), ANSWER));
            back.run();
            assertThat(samples).allSatisfy(sample -> assertThat(journal.awaitWritten(sample.id(), PATIENCE))
                    .isTrue());
        }

        assertThat(listener.dropped).hasValue(0);
        assertThat(samples).allSatisfy(this::assertReplays);
    }

    private Journal started(JournalLimits limits, JournalListener listener) {
        Journal journal = new Journal(new PostgresJournalWriter(database.jdbi()), limits, listener);
        journal.start();
        return journal;
    }

    private Claim claimOfARepeat(Sample sample) {
        return store.claim(sample.successor(0).request());
    }

    private void assertReplays(Sample sample) {
        assertThat(claimOfARepeat(sample))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(ANSWER));
    }
}
