package dev.idem.postgres;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.core.store.Tombstone;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.RecordRow;
import dev.idem.postgres.statement.Statements;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Reads many records from PostgreSQL, page by page. Thread-safe. */
public final class PostgresCopy implements DurableCopy {
    private static final Filter ALL = new Filter(null, null, null, PageBounds.RECORDS);

    private final Jdbi jdbi;
    private final PostgresHeads heads;
    private final String page;
    private final String stamped;
    private final String findAll;
    private final String about;
    private final String tombstones;

    public PostgresCopy(Jdbi jdbi) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.heads = new PostgresHeads(jdbi);
        this.page = statements.load("page");
        this.stamped = statements.load("stamped");
        this.findAll = statements.load("find_all");
        this.about = statements.load("about");
        this.tombstones = statements.load("tombstones");
    }

    @Override
    public long about() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(
                        handle -> handle.createQuery(about).mapTo(Long.class).one()));
    }

    /** Those of all records that have not expired. */
    @Override
    public void forEachHead(Consumer<List<RecordHead>> consumer) {
        @Nullable String cursor = null;
        do {
            Page heads = this.heads.list(ALL, cursor);
            consumer.accept(heads.records());
            cursor = heads.next();
        } while (cursor != null);
    }

    /** All records that have not expired. */
    @Override
    public void forEach(Consumer<List<StoredRecord>> consumer) {
        int unused = forEach(after -> page(page, query -> after(query, after)), consumer);
    }

    /** The records with these ids that have not expired. */
    @Override
    public void find(List<RecordId> ids, Consumer<List<StoredRecord>> consumer) {
        PageBounds.pages(ids, id -> 0).forEach(sought -> findWithin(sought, consumer));
    }

    private void findWithin(List<RecordId> ids, Consumer<List<StoredRecord>> consumer) {
        List<RecordId> left = ids;
        while (!left.isEmpty()) {
            List<RecordId> sought = left;
            List<StoredRecord> found = page(findAll, query -> ColumnArray.bindIds(query, sought));
            if (found.isEmpty()) {
                return;
            }
            consumer.accept(found);
            left = sought.subList(sought.indexOf(found.get(found.size() - 1).id()) + 1, sought.size());
        }
    }

    @Override
    public int forEachDecided(long after, long upTo, Consumer<List<StoredRecord>> consumer) {
        int count = 0;
        for (long next = after + 1; next <= upTo; next++) {
            long interval = next;
            count += forEach(last -> page(stamped, query -> after(query.bind("interval", interval), last)), consumer);
        }
        return count;
    }

    @Override
    public void forEachTombstone(Duration within, Consumer<List<Tombstone>> consumer) {
        List<Tombstone> page = tombstones(within, null);
        while (!page.isEmpty()) {
            consumer.accept(page);
            page = tombstones(within, page.get(page.size() - 1).id());
        }
    }

    private List<Tombstone> tombstones(Duration within, @Nullable RecordId last) {
        MonotonicInstant before = MonotonicInstant.now(); // of the query, so that no deletion seems later than it was
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> after(handle.createQuery(tombstones), last)
                        .bind("withinMs", within.toMillis())
                        .map((row, context) -> tombstone(row, before))
                        .list()));
    }

    private static Tombstone tombstone(ResultSet row, MonotonicInstant before) throws SQLException {
        return new Tombstone(
                new RecordId(new Scope(row.getString("scope")), row.getString("key")),
                Set.copyOf(Arrays.asList((UUID[]) row.getArray("owners").getArray())),
                before.plus(Duration.of(-row.getLong("age_us"), ChronoUnit.MICROS)),
                Duration.ofMillis(Math.max(1, row.getLong("life_ms"))));
    }

    /** @param next the page after a record, or the first page; an empty one is the last */
    private static int forEach(
            Function<@Nullable RecordId, List<StoredRecord>> next, Consumer<List<StoredRecord>> consumer) {
        int count = 0;
        List<StoredRecord> records = next.apply(null);
        while (!records.isEmpty()) {
            count += records.size();
            RecordId last = records.get(records.size() - 1).id();
            consumer.accept(records);
            records = next.apply(last);
        }
        return count;
    }

    private static Query after(Query query, @Nullable RecordId last) {
        return query.bind("afterScope", last == null ? "" : last.scope().value())
                .bind("afterKey", last == null ? "" : last.key())
                .bind("limit", PageBounds.RECORDS);
    }

    private List<StoredRecord> page(String statement, UnaryOperator<Query> bindings) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> bindings.apply(handle.createQuery(statement))
                        .bind("bytes", PageBounds.BYTES)
                        .map(RecordRow::read)
                        .list()));
    }
}
