package dev.idem.postgres;

import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.journal.entry.JournalEntry.Freed;
import dev.idem.core.journal.entry.JournalWriter;
import dev.idem.core.journal.entry.RecordSnapshot;
import dev.idem.core.journal.entry.RecordSnapshot.Completion;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.AnswerCodec;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.Statements;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Writes the state of many records to PostgreSQL in two statements, or in one if no lease was abandoned. Thread-safe. */
public final class PostgresJournalWriter implements JournalWriter {
    /** Both statements lock rows in this order, so that the writers of two nodes never deadlock. */
    private static final Comparator<RecordId> ORDER =
            Comparator.<RecordId, String>comparing(id -> id.scope().value()).thenComparing(RecordId::key);

    private final Jdbi jdbi;
    private final String merge;
    private final String forget;

    public PostgresJournalWriter(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.merge = statements.load("merge");
        this.forget = statements.load("forget");
    }

    private record FreedRow(RecordId id, Freed lease) {
        static Stream<FreedRow> of(JournalEntry entry) {
            return entry.freed().stream().map(lease -> new FreedRow(entry.id(), lease));
        }
    }

    private record Row(RecordId id, RecordSnapshot held) {
        static Stream<Row> of(JournalEntry entry) {
            return entry.held().stream().map(held -> new Row(entry.id(), held));
        }

        @Nullable
        Long window() {
            return held.window().map(Duration::toMillis).orElse(null);
        }

        @Nullable
        Long completedAge() {
            return held.completion()
                    .map(Completion::at)
                    .map(at -> micros(at.age()))
                    .orElse(null);
        }

        byte @Nullable [] answer() {
            return held.completion()
                    .map(Completion::answer)
                    .map(AnswerCodec::encode)
                    .orElse(null);
        }
    }

    @Override
    public void merge(List<JournalEntry> entries) {
        Map<RecordId, JournalEntry> byRecord = new TreeMap<>(ORDER);
        entries.forEach(entry -> byRecord.merge(entry.id(), entry, JournalEntry::then));
        List<FreedRow> freed = byRecord.values().stream().flatMap(FreedRow::of).toList();
        List<Row> rows = byRecord.values().stream().flatMap(Row::of).toList();
        if (!freed.isEmpty()) {
            PostgresFailures.translate(PostgresStore.NAME, () -> jdbi.withHandle(handle -> forget(handle, freed)));
        }
        if (!rows.isEmpty()) {
            PostgresFailures.translate(PostgresStore.NAME, () -> jdbi.withHandle(handle -> merge(handle, rows)));
        }
    }

    private int forget(Handle handle, List<FreedRow> freed) {
        return handle.createUpdate(forget)
                .bind("scopes", ColumnArray.of("text", freed, String[]::new, row -> row.id()
                        .scope()
                        .value()))
                .bind("keys", ColumnArray.of("text", freed, String[]::new, row -> row.id()
                        .key()))
                .bind("owners", ColumnArray.of("uuid", freed, UUID[]::new, row -> row.lease()
                        .owner()))
                .bind("fencings", ColumnArray.of("int8", freed, Long[]::new, row -> row.lease()
                        .fencing()))
                .bind("tookOver", ColumnArray.of("bool", freed, Boolean[]::new, row -> row.lease()
                        .tookOver()))
                .execute();
    }

    private int merge(Handle handle, List<Row> rows) {
        return handle.createUpdate(merge)
                .bind("scopes", ColumnArray.of("text", rows, String[]::new, row -> row.id()
                        .scope()
                        .value()))
                .bind("keys", ColumnArray.of("text", rows, String[]::new, row -> row.id()
                        .key()))
                .bind("fingerprints", ColumnArray.of("bytea", rows, byte[][]::new, row -> row.held()
                        .fingerprint()
                        .bytes()))
                .bind("owners", ColumnArray.of("uuid", rows, UUID[]::new, row -> row.held()
                        .owner()))
                .bind("fencings", ColumnArray.of("int8", rows, Long[]::new, row -> row.held()
                        .fencing()))
                .bind("attempts", ColumnArray.of("int4", rows, Integer[]::new, row -> row.held()
                        .attempt()))
                .bind("nodes", ColumnArray.of("text", rows, String[]::new, row -> row.held()
                        .origin()
                        .node()))
                .bind("routes", ColumnArray.of("text", rows, String[]::new, row -> row.held()
                        .origin()
                        .route()))
                .bind(
                        "claimedAges",
                        ColumnArray.of(
                                "int8",
                                rows,
                                Long[]::new,
                                row -> micros(row.held().claimedAt().age())))
                .bind(
                        "heartbeatAges",
                        ColumnArray.of(
                                "int8",
                                rows,
                                Long[]::new,
                                row -> micros(row.held().heartbeatAt().age())))
                .bind("lockTimeouts", ColumnArray.of("int8", rows, Long[]::new, row -> row.held()
                        .lockTimeout()
                        .toMillis()))
                .bind("windows", ColumnArray.of("int8", rows, Long[]::new, Row::window))
                .bind("completedAges", ColumnArray.of("int8", rows, Long[]::new, Row::completedAge))
                .bind(
                        "remainders",
                        ColumnArray.of(
                                "int8",
                                rows,
                                Long[]::new,
                                row -> micros(row.held().expiresAt().remaining())))
                .bind("answers", ColumnArray.of("bytea", rows, byte[][]::new, Row::answer))
                .bind("unknown", AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN))
                .bind("onlyIfKnown", ColumnArray.of("bool", rows, Boolean[]::new, row -> row.held()
                        .onlyIfKnown()))
                .execute();
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
