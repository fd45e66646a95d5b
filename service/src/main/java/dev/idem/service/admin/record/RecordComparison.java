package dev.idem.service.admin.record;

import dev.idem.core.record.NextRequestOutcome;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.StoredRecord;
import dev.idem.dropwizard.problem.ProblemException;
import dev.idem.http.problem.Problem;
import dev.idem.http.problem.ProblemType;
import dev.idem.service.admin.record.RecordStores.Survey;
import dev.idem.service.admin.record.RecordStores.Unavailable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One record as both stores have it.
 *
 * @param decides the name of the store that decides
 * @param agree whether both have it with the same owner, state and answer; PostgreSQL follows by some milliseconds. Null if
 *     one cannot be asked
 * @param nextRepeat null if the store that decides cannot be asked
 * @param records of the stores that have one
 */
record RecordComparison(
        String scope,
        String key,
        String decides,
        @Nullable Boolean agree,
        @Nullable Next nextRepeat,
        List<RecordView> records,
        List<Unavailable> unavailable) {

    /**
     * What the next request with this key gets.
     *
     * @param outcome {@code executes}, {@code replayed}, {@code waits} or {@code refused}
     * @param status the HTTP status, where it is known
     * @param text the same for people
     */
    record Next(String outcome, @Nullable Integer status, String text) {
        static Next after(Optional<StoredRecord> deciding) {
            NextRequestOutcome next = NextRequestOutcome.after(deciding);
            return new Next(next.outcome().label(), next.status(), "It " + next.words() + '.');
        }
    }

    /** @throws ProblemException 404 if no store has it, 503 if that is not certain */
    static RecordComparison of(RecordId id, Survey<Optional<StoredRecord>> found, String decides) {
        List<RecordView> records = found.answers().entrySet().stream()
                .flatMap(answer -> answer.getValue().map(record -> RecordView.of(answer.getKey(), record)).stream())
                .toList();
        if (records.isEmpty()) {
            throw nowhere(found);
        }
        Optional<StoredRecord> deciding = found.answers().getOrDefault(decides, Optional.empty());
        return new RecordComparison(
                id.scope().value(),
                id.key(),
                decides,
                found.unavailable().isEmpty() ? agree(found.answers()) : null,
                found.answers().containsKey(decides) ? Next.after(deciding) : null,
                records,
                found.unavailable());
    }

    private static boolean agree(Map<String, Optional<StoredRecord>> answers) {
        return answers.values().stream()
                        .map(record -> record.map(RecordComparison::substance))
                        .distinct()
                        .count()
                == 1;
    }

    private static List<Object> substance(StoredRecord record) {
        return List.of(record.owner(), record.fencing(), record.fingerprint(), record.answer());
    }

    static ProblemException nowhere(Survey<?> asked) {
        return asked.unavailable().isEmpty()
                ? new ProblemException(
                        Problem.of(ProblemType.NOT_FOUND, "No store has a record of this scope and key.", null),
                        Map.of())
                : RecordStores.unavailable("The stores that answered have no record of this scope and key; not asked: "
                        + String.join(
                                ", ",
                                asked.unavailable().stream()
                                        .map(Unavailable::store)
                                        .toList())
                        + '.');
    }
}
