package dev.idem.postgres;

import dev.idem.core.record.Answer;
import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/** An operator's view of the records in PostgreSQL, in the order of scope and key. Thread-safe. */
public final class PostgresRecords implements RecordAdministration {
    private static final char SEPARATOR = '\n';
    private static final byte[] UNKNOWN = AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN);

    private final Jdbi jdbi;
    private final String find;
    private final String findByKey;
    private final String list;
    private final String clearStale;
    private final String resolve;
    private final String release;
    private final String delete;

    public PostgresRecords(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.find = statements.load("find");
        this.findByKey = statements.load("find_by_key");
        this.list = statements.load("list");
        this.clearStale = statements.load("clear_stale");
        this.resolve = statements.load("resolve");
        this.release = statements.load("release");
        this.delete = statements.load("delete");
    }

    @Override
    public String name() {
        return PostgresStore.NAME;
    }

    @Override
    public Optional<StoredRecord> find(RecordId id) {
        return PostgresFailures.translate(
                name(),
                () -> jdbi.withHandle(handle -> handle.createQuery(find)
                        .bind("scope", id.scope().value())
                        .bind("key", id.key())
                        .map(RecordRow::read)
                        .findOne()));
    }

    @Override
    public List<StoredRecord> findByKey(String key, int limit) {
        return PostgresFailures.translate(
                name(),
                () -> jdbi.withHandle(handle -> handle.createQuery(findByKey)
                        .bind("key", key)
                        .bind("limit", limit)
                        .map(RecordRow::read)
                        .list()));
    }

    @Override
    public Page list(Filter filter, @Nullable String cursor) {
        String[] after = cursor == null ? new String[] {"", ""} : place(cursor);
        List<StoredRecord> records = PostgresFailures.translate(
                name(),
                () -> jdbi.withHandle(handle -> handle.createQuery(list)
                        .bind("afterScope", after[0])
                        .bind("afterKey", after[1])
                        .bind(
                                "state",
                                filter.state() == null
                                        ? null
                                        : filter.state().name().toLowerCase(Locale.ROOT))
                        .bind(
                                "scope",
                                filter.scope() == null ? null : filter.scope().value())
                        .bind(
                                "silenceMs",
                                filter.silentFor() == null
                                        ? null
                                        : (Long) filter.silentFor().toMillis())
                        .bind("limit", filter.pageSize())
                        .map(RecordRow::read)
                        .list()));
        boolean last = records.size() < filter.pageSize();
        return new Page(
                records,
                last ? null : cursorAfter(records.get(records.size() - 1).id()));
    }

    @Override
    public boolean clearIfStale(StoredRecord seen, Duration silence) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.withHandle(handle -> handle.createUpdate(clearStale)
                                .bind("scope", seen.id().scope().value())
                                .bind("key", seen.id().key())
                                .bind("owner", seen.owner())
                                .bind("fencing", seen.fencing())
                                .bind("silenceMs", silence.toMillis())
                                .execute()))
                > 0;
    }

    @Override
    public boolean resolve(StoredRecord seen, Answer answer) {
        return resolveBy(resolve, seen, update -> update.bind("answer", AnswerCodec.encode(answer)));
    }

    @Override
    public boolean release(StoredRecord seen) {
        return resolveBy(release, seen, update -> update);
    }

    private boolean resolveBy(String statement, StoredRecord seen, UnaryOperator<Update> binding) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.withHandle(handle -> binding.apply(handle.createUpdate(statement))
                                .bind("scope", seen.id().scope().value())
                                .bind("key", seen.id().key())
                                .bind("owner", seen.owner())
                                .bind("unknown", UNKNOWN)
                                .execute()))
                > 0;
    }

    @Override
    public RecordStatistics statistics(Duration limit, LongConsumer counted) {
        return new PostgresStatistics(jdbi).count(limit, counted);
    }

    @Override
    public RecordStatistics estimate(Duration limit) {
        return new PostgresStatistics(jdbi).estimate(limit);
    }

    @Override
    public boolean delete(RecordId id) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.withHandle(handle -> handle.createUpdate(delete)
                                .bind("scope", id.scope().value())
                                .bind("key", id.key())
                                .execute()))
                > 0;
    }

    private static String cursorAfter(RecordId id) {
        String place = id.scope().value() + SEPARATOR + id.key();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.US_ASCII));
    }

    private static String[] place(String cursor) {
        String place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
        int separator = place.indexOf(SEPARATOR);
        if (separator < 0) {
            throw new IllegalArgumentException("not a cursor of this list");
        }
        RecordId last = new RecordId(new Scope(place.substring(0, separator)), place.substring(separator + 1));
        return new String[] {last.scope().value(), last.key()};
    }
}
