package dev.idem.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Sample;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Tables;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ServersExtension.class)
final class PostgresAnswerIndexIT {
    private static final Scope SCOPE = new Scope("user:1");
    private static final Sample DONE = Sample.of(SCOPE, "done");
    private static final Sample RUNNING = Sample.of(SCOPE, "running");
    private static final Sample HELD = Sample.of(SCOPE, "held");
    private static final Sample ABSENT = Sample.of(SCOPE, "absent");

    private final AnswerIndex index;

    PostgresAnswerIndexIT(TestDatabase database) {
        Jdbi jdbi = Jdbi.create(Tables.in(database));
        index = new PostgresDurableStore(jdbi).answers();
        new PostgresJournalWriter(jdbi)
                .merge(List.of(
                        JournalEntry.completed(DONE.lease(), Sample.answer(1, 100)),
                        JournalEntry.claimed(RUNNING.lease()),
                        JournalEntry.completed(HELD.lease(), AnswerNotStored.OUTCOME_UNKNOWN)));
    }

    @Test
    void onlyAnAnswerIsPresent() {
        assertThat(index.present(
                        Map.of(DONE.id(), DONE.owner(), RUNNING.id(), RUNNING.owner(), ABSENT.id(), ABSENT.owner())))
                .containsExactly(DONE.id());
    }

    @Test
    void theAnswerOfAnotherOwnerIsNot() {
        assertThat(index.present(Map.of(DONE.id(), ABSENT.owner()))).isEmpty();
    }

    /** The same owner's answer replaces it when an operator resolves the request. */
    @Test
    void anUnknownOutcomeIsNoAnswer() {
        assertThat(index.present(Map.of(HELD.id(), HELD.owner()))).isEmpty();
    }

    @Test
    void ofNoneThereIsNone() {
        assertThat(index.present(Map.of())).isEmpty();
    }
}
