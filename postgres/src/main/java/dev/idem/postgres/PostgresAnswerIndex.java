package dev.idem.postgres;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.Statements;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** Looks many records up by the primary key, in one statement. Thread-safe. */
final class PostgresAnswerIndex implements AnswerIndex {
    private final Jdbi jdbi;
    private final String answered;

    PostgresAnswerIndex(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.answered = new Statements().load("answered");
    }

    @Override
    public Set<RecordId> present(Map<RecordId, UUID> owners) {
        if (owners.isEmpty()) {
            return Set.of();
        }
        List<Map.Entry<RecordId, UUID>> rows = List.copyOf(owners.entrySet());
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(answered)
                        .bind("scopes", ColumnArray.of("text", rows, String[]::new, row -> row.getKey()
                                .scope()
                                .value()))
                        .bind("keys", ColumnArray.of("text", rows, String[]::new, row -> row.getKey()
                                .key()))
                        .bind("owners", ColumnArray.of("uuid", rows, UUID[]::new, Map.Entry::getValue))
                        .bind("unknown", AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN))
                        .map((row, context) -> new RecordId(new Scope(row.getString(1)), row.getString(2)))
                        .collect(Collectors.toUnmodifiableSet())));
    }
}
