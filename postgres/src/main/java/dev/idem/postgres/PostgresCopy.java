package dev.idem.postgres;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.DurableCopy;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** Reads many records from PostgreSQL, page by page. Thread-safe. */
public final class PostgresCopy implements DurableCopy {
    private static final int PAGE_SIZE = 500;
    private static final Filter ALL = new Filter(null, null, null, PAGE_SIZE);

    private final Jdbi jdbi;
    private final PostgresRecords records;
    private final String stamped;
    private final String findAll;
    private final String about;

    public PostgresCopy(Jdbi jdbi) {
        this.jdbi = jdbi;
        this.records = new PostgresRecords(jdbi);
        this.stamped = new Statements().load("stamped");
        this.findAll = new Statements().load("find_all");
        this.about = new Statements().load("about");
    }

    @Override
    public long about() {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(
                        handle -> handle.createQuery(about).mapTo(Long.class).one()));
    }

    /** All records that have not expired. */
    @Override
    public void forEach(Consumer<List<StoredRecord>> consumer) {
        @Nullable String cursor = null;
        do {
            Page page = records.list(ALL, cursor);
            consumer.accept(page.records());
            cursor = page.next();
        } while (cursor != null);
    }

    /** The records with these ids that have not expired. */
    @Override
    public List<StoredRecord> find(List<RecordId> ids) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(findAll)
                        .bind("scopes", ColumnArray.of("text", ids, String[]::new, id -> id.scope()
                                .value()))
                        .bind("keys", ColumnArray.of("text", ids, String[]::new, RecordId::key))
                        .map(RecordRow::read)
                        .list()));
    }

    @Override
    public int forEachDecided(long after, long upTo, Consumer<List<StoredRecord>> consumer) {
        int count = 0;
        for (long pass = after + 1; pass <= upTo; pass++) {
            count += forEachDecided(pass, consumer);
        }
        return count;
    }

    private int forEachDecided(long pass, Consumer<List<StoredRecord>> consumer) {
        int count = 0;
        @Nullable RecordId last = null;
        List<StoredRecord> page;
        do {
            page = page(pass, last);
            count += page.size();
            if (!page.isEmpty()) {
                consumer.accept(page);
                last = page.get(page.size() - 1).id();
            }
        } while (page.size() == PAGE_SIZE);
        return count;
    }

    private List<StoredRecord> page(long pass, @Nullable RecordId after) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle -> handle.createQuery(stamped)
                        .bind("pass", pass)
                        .bind("afterScope", after == null ? "" : after.scope().value())
                        .bind("afterKey", after == null ? "" : after.key())
                        .bind("limit", PAGE_SIZE)
                        .map(RecordRow::read)
                        .list()));
    }
}
