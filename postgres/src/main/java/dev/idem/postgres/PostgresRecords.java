package dev.idem.postgres;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordLog;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.RecordRows;
import dev.idem.postgres.statement.Statements;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** An operator's view of the records in PostgreSQL. Thread-safe. */
public final class PostgresRecords implements RecordAdministration {
    private static final byte[] UNKNOWN = AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN);

    private final Jdbi jdbi;
    private final Jdbi lookUps;
    private final RecordRows rows;
    private final PostgresHeads heads;
    private final PostgresNewest newest;
    private final String find;
    private final String clearStale;
    private final String resolve;
    private final String release;
    private final String holdMerges;
    private final String delete;

    public PostgresRecords(Jdbi jdbi) {
        this(jdbi, jdbi);
    }

    /** @param lookUps for single records, which requests look up too */
    PostgresRecords(Jdbi jdbi, Jdbi lookUps) {
        this(jdbi, lookUps, new UnreadableRecordLog());
    }

    private PostgresRecords(Jdbi jdbi, Jdbi lookUps, Consumer<UnreadableRecord> unreadable) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.lookUps = lookUps;
        this.rows = new RecordRows(PostgresStore.NAME, unreadable);
        this.heads = new PostgresHeads(jdbi, rows.heads());
        this.newest = new PostgresNewest(jdbi, rows.heads());
        this.find = statements.load("find");
        this.clearStale = statements.load("clear_stale");
        this.resolve = statements.load("resolve");
        this.release = statements.load("release");
        this.holdMerges = statements.load("hold_merges");
        this.delete = statements.load("delete");
    }

    @Override
    public String name() {
        return PostgresStore.NAME;
    }

    @Override
    public RecordAdministration reporting(Consumer<UnreadableRecord> unreadable) {
        return new PostgresRecords(jdbi, lookUps, unreadable);
    }

    /** There is one server, which each question asks. */
    @Override
    public void requireWhole() {}

    @Override
    public Optional<StoredRecord> find(RecordId id) {
        return PostgresFailures.translate(
                name(),
                () -> lookUps.withHandle(handle -> handle.createQuery(find)
                        .bind("scope", id.scope().value())
                        .bind("key", id.key())
                        .map(rows.one())
                        .findOne()));
    }

    @Override
    public List<RecordHead> heads(List<RecordId> ids) {
        return heads.ofIds(ids);
    }

    @Override
    public Found findByKey(String key, int limit, Depth depth) {
        return Found.first(limit, heads.ofKey(key, limit + 1), true);
    }

    /** Of a scope with more than a tenth of what it may examine, looks at those among the records that expire last. */
    @Override
    public Found newest(Scope scope, Optional<Predicate<String>> route, int limit, Depth depth) {
        return newest.of(scope, route, limit, depth);
    }

    /** In the order of scope and key; processing records in the order of their heartbeats, the oldest first. */
    @Override
    public Page list(Filter filter, @Nullable String cursor) {
        return heads.list(filter, cursor);
    }

    @Override
    public boolean clearIfStale(SeenRecord seen, Duration silence) {
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
    public boolean resolve(SeenRecord seen, Answer answer) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.withHandle(handle -> bind(handle.createUpdate(resolve), seen)
                                .bind("answer", AnswerCodec.encode(answer))
                                .execute()))
                > 0;
    }

    @Override
    public boolean release(SeenRecord seen) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.inTransaction(handle -> {
                            handle.execute(holdMerges);
                            return bind(handle.createQuery(release), seen)
                                    .mapTo(Long.class)
                                    .one();
                        }))
                > 0;
    }

    private static <S extends SqlStatement<S>> S bind(S statement, SeenRecord seen) {
        return statement
                .bind("scope", seen.id().scope().value())
                .bind("key", seen.id().key())
                .bind("owner", seen.owner())
                .bind("unknown", UNKNOWN);
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
    public boolean delete(Tombstone tombstone) {
        return PostgresFailures.translate(
                        name(),
                        () -> jdbi.inTransaction(handle -> {
                            handle.execute(holdMerges);
                            return handle.createQuery(delete)
                                    .bind("scope", tombstone.id().scope().value())
                                    .bind("key", tombstone.id().key())
                                    .bind(
                                            "owners",
                                            ColumnArray.of(
                                                    "uuid",
                                                    List.copyOf(tombstone.owners()),
                                                    UUID[]::new,
                                                    owner -> owner))
                                    .bind("lifeMs", tombstone.life().toMillis())
                                    .mapTo(Long.class)
                                    .one();
                        }))
                > 0;
    }
}
