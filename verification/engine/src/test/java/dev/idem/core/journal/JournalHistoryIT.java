package dev.idem.core.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.LeaseHistory.State;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.verification.support.RandomForm;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalHistoryIT {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int EVENTS = 400;

    private final MigratedDatabase database;
    private final PostgresRecords records;

    JournalHistoryIT(TestDatabase server) {
        database = new MigratedDatabase(server);
        records = new PostgresRecords(database.jdbi());
    }

    @AfterAll
    void close() {
        database.close();
    }

    static LongStream seeds() {
        return FORM.random().longs(FORM.length(15, 150));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void postgresEndsWithTheLastStateOfEachRecordHoweverItsStepsFellIntoBatches(long seed) {
        Scope scope = new Scope("history:" + seed);
        Map<RecordId, State> last;
        try (Journal journal =
                new Journal(new PostgresJournalWriter(database.jdbi()), JournalLimits.DEFAULT, JournalListener.NONE)) {
            journal.start();
            LeaseHistory history = new LeaseHistory(new Random(seed), scope, journal);
            for (int event = 0; event < EVENTS; event++) {
                history.next();
            }
            last = history.last();
        }

        Map<RecordId, State> found = records.list(new Filter(null, scope, null, 1_000), null).records().stream()
                .map(head -> records.find(head.id()).orElseThrow())
                .collect(
                        Collectors.toMap(StoredRecord::id, row -> new State(row.owner(), row.fencing(), row.answer())));
        assertThat(found).isEqualTo(last);
    }
}
