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
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordLog;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.ListPlace;
import dev.idem.postgres.statement.RecordRows;
import dev.idem.postgres.statement.RecordRows.Row;
import dev.idem.postgres.statement.Statements;
import java.time.Duration;
import java.util.List;
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
    private final RecordRows rows;
    private final PostgresHeads heads;
    private final String page;
    private final String stamped;
    private final String findAll;
    private final String about;
    private final String tombstones;

    public PostgresCopy(Jdbi jdbi) {
        this(jdbi, new UnreadableRecordLog());
    }

    private PostgresCopy(Jdbi jdbi, Consumer<UnreadableRecord> unreadable) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.rows = new RecordRows(PostgresStore.NAME, unreadable);
        this.heads = new PostgresHeads(jdbi, rows.headsOfCopies());
        this.page = statements.load("page");
        this.stamped = statements.load("stamped");
        this.findAll = statements.load("find_all");
        this.about = statements.load("about");
        this.tombstones = statements.load("tombstones");
    }

    @Override
    public DurableCopy reporting(Consumer<UnreadableRecord> unreadable) {
        return new PostgresCopy(jdbi, unreadable);
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
            List<Row<StoredRecord>> found = page(findAll, query -> ColumnArray.bindIds(query, sought));
            if (found.isEmpty()) {
                return;
            }
            int unused = pass(found, consumer);
            left = sought.subList(after(found.get(found.size() - 1).place(), sought), sought.size());
        }
    }

    private static int after(ListPlace last, List<RecordId> sought) {
        return sought.indexOf(new RecordId(new Scope(last.scope()), last.key())) + 1;
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
        List<Row<Tombstone>> page = tombstones(within, ListPlace.BEGIN);
        while (!page.isEmpty()) {
            consumer.accept(page.stream().flatMap(row -> row.record().stream()).toList());
            page = tombstones(within, page.get(page.size() - 1).place());
        }
    }

    private List<Row<Tombstone>> tombstones(Duration within, ListPlace last) {
        MonotonicInstant before = MonotonicInstant.now(); // of the query, so that no deletion seems later than it was
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> after(handle.createQuery(tombstones), last)
                        .bind("withinMs", within.toMillis())
                        .map(rows.tombstones(before))
                        .list()));
    }

    /** @param next the page after a place; an empty one is the last */
    private static int forEach(
            Function<ListPlace, List<Row<StoredRecord>>> next, Consumer<List<StoredRecord>> consumer) {
        int count = 0;
        List<Row<StoredRecord>> page = next.apply(ListPlace.BEGIN);
        while (!page.isEmpty()) {
            count += pass(page, consumer);
            page = next.apply(page.get(page.size() - 1).place());
        }
        return count;
    }

    private static int pass(List<Row<StoredRecord>> page, Consumer<List<StoredRecord>> consumer) {
        List<StoredRecord> records =
                page.stream().flatMap(row -> row.record().stream()).toList();
        if (!records.isEmpty()) {
            consumer.accept(records);
        }
        return records.size();
    }

    private static Query after(Query query, ListPlace last) {
        return query.bind("afterScope", last.scope())
                .bind("afterKey", last.key())
                .bind("limit", PageBounds.RECORDS);
    }

    private List<Row<StoredRecord>> page(String statement, UnaryOperator<Query> bindings) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> bindings.apply(handle.createQuery(statement))
                        .bind("bytes", PageBounds.BYTES)
                        .map(rows.copies())
                        .list()));
    }
}
