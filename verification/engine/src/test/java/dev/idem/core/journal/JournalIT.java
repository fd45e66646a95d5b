package dev.idem.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalIT {
    private static final Answer ANSWER = Sample.answer(1, 100);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MigratedDatabase database;
    private final PostgresStore store;
    private final Scope scope = new Scope("user:" + UUID.randomUUID());

    JournalIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        store = PostgresStore.always(database.jdbi());
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void postgresFollowsALeaseFromItsClaimToItsAnswer() {
        Sample first = Sample.of(scope, "followed");
        try (Journal journal = started(JournalLimits.DEFAULT)) {
            journal.claimed(first.lease());
            assertThat(journal.awaitWritten(first.id(), PATIENCE)).isTrue();
            assertThat(claimOfARepeat(first)).isInstanceOf(Claim.InFlight.class);

            journal.completed(first.lease(), ANSWER);
            assertThat(journal.awaitWritten(first.id(), PATIENCE)).isTrue();
            assertReplays(first, ANSWER);
        }
    }

    @Test
    void anAbandonedLeaseFreesTheKey() {
        Sample first = Sample.of(scope, "abandoned");
        try (Journal journal = started(JournalLimits.DEFAULT)) {
            journal.claimed(first.lease());
            journal.awaitWritten(first.id(), PATIENCE);
            journal.abandoned(first.lease());
            journal.awaitWritten(first.id(), PATIENCE);
        }

        assertThat(claimOfARepeat(first)).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void whatIsQueuedWhenItClosesIsWritten() {
        List<Sample> samples = IntStream.range(0, 3_000)
                .mapToObj(i -> Sample.of(scope, "drained-" + i))
                .toList();
        Journal journal = started(JournalLimits.DEFAULT);
        samples.forEach(sample -> journal.completed(sample.lease(), ANSWER));

        journal.close();

        assertThat(journal.isBehind()).isFalse();
        assertThat(samples).allSatisfy(sample -> assertReplays(sample, ANSWER));
    }

    @Test
    void aRowThatPostgresRefusesDoesNotHoldUpTheOthers() {
        Sample refused = Sample.of(scope, "refused").node("no text may hold a \0");
        Sample behindIt = Sample.of(scope, "behind-it");
        Journal journal =
                new Journal(new PostgresJournalWriter(database.jdbi()), JournalLimits.DEFAULT, JournalListener.NONE);
        journal.claimed(refused.lease());
        journal.completed(behindIt.lease(), ANSWER);

        journal.start();
        try (journal) {
            assertThat(journal.awaitWritten(behindIt.id(), PATIENCE)).isTrue();
            assertThat(journal.isBehind()).isTrue();
        }

        assertReplays(behindIt, ANSWER);
        assertThat(claimOfARepeat(refused.node("n1"))).isInstanceOf(Claim.Acquired.class);
    }

    @Test
    void megabytesUnderWayAreWrittenInSeveralBatches() {
        List<Sample> samples = IntStream.range(0, 30)
                .mapToObj(i -> Sample.of(scope, "large-" + i))
                .toList();
        Answer large = Sample.answer(7, 1 << 20);
        try (Journal journal = started(JournalLimits.DEFAULT)) {
            samples.forEach(sample -> journal.completed(sample.lease(), large));
            assertThat(journal.isBehind()).isFalse();
        }

        assertThat(samples).allSatisfy(sample -> assertReplays(sample, large));
    }

    private Journal started(JournalLimits limits) {
        Journal journal = new Journal(new PostgresJournalWriter(database.jdbi()), limits, JournalListener.NONE);
        journal.start();
        return journal;
    }

    private Claim claimOfARepeat(Sample first) {
        return store.claim(first.successor(0).request());
    }

    private void assertReplays(Sample first, Answer answer) {
        assertThat(claimOfARepeat(first))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(answer));
    }
}
