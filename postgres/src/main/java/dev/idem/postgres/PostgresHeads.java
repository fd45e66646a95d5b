package dev.idem.postgres;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.RecordAdministration.Filter;
import dev.idem.core.store.RecordAdministration.Page;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.ListPlace;
import dev.idem.postgres.statement.RecordRows.Row;
import dev.idem.postgres.statement.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Lists and searches of records without their answers, each by an index. Thread-safe. */
final class PostgresHeads {
    private final Jdbi jdbi;
    private final RowMapper<Row<RecordHead>> rows;
    private final String ofIds;
    private final String ofKey;
    private final String all;
    private final String ofScope;
    private final String processing;
    private final String held;

    /** @param rows maps the rows of heads */
    PostgresHeads(Jdbi jdbi, RowMapper<Row<RecordHead>> rows) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.rows = rows;
        this.ofIds = statements.loadForHeads("heads");
        this.ofKey = statements.loadForHeads("find_by_key");
        this.all = statements.loadForHeads("list");
        this.ofScope = statements.loadForHeads("list_scope");
        this.processing = statements.loadForHeads("list_processing");
        this.held = statements.loadForHeads("list_held");
    }

    List<RecordHead> ofIds(List<RecordId> ids) {
        List<RecordHead> heads = new ArrayList<>();
        for (List<RecordId> page : PageBounds.pages(ids, id -> 0)) {
            heads.addAll(records(ofIds, query -> ColumnArray.bindIds(query, page)));
        }
        return heads;
    }

    List<RecordHead> ofKey(String key, int limit) {
        return records(ofKey, query -> query.bind("key", key).bind("limit", limit));
    }

    /** @throws IllegalArgumentException if the cursor is not one of such a list */
    Page list(Filter filter, @Nullable String cursor) {
        ListPlace after = cursor == null ? ListPlace.BEGIN : ListPlace.parse(cursor);
        if (filter.silentFor() != null || filter.state() == RecordState.PROCESSING) {
            return processing(filter, after);
        }
        return filter.state() == RecordState.HELD ? held(filter, after) : byKey(filter, after);
    }

    private Page held(Filter filter, ListPlace after) {
        return page(filter, select(held, query -> query.bind("afterScope", after.scope())
                .bind("afterKey", after.key())
                .bind("scope", filter.scope() == null ? null : filter.scope().value())
                .bind("limit", filter.pageSize())));
    }

    private Page processing(Filter filter, ListPlace after) {
        List<Row<RecordHead>> heads = select(processing, query -> query.bind("afterMicros", after.heartbeatMicros())
                .bind("afterScope", after.scope())
                .bind("afterKey", after.key())
                .bind("scope", filter.scope() == null ? null : filter.scope().value())
                .bind(
                        "silenceMs",
                        filter.silentFor() == null
                                ? null
                                : (Long) filter.silentFor().toMillis())
                .bind("limit", filter.pageSize()));
        return page(filter, heads);
    }

    private Page byKey(Filter filter, ListPlace after) {
        RecordState state = filter.state();
        String wanted = state == null ? null : state.stored().name().toLowerCase(Locale.ROOT);
        Scope scope = filter.scope();
        List<Row<RecordHead>> heads = scope == null
                ? select(all, query -> query.bind("afterScope", after.scope())
                        .bind("afterKey", after.key())
                        .bind("state", wanted)
                        .bind("limit", filter.pageSize()))
                : select(ofScope, query -> query.bind("scope", scope.value())
                        .bind("afterKey", after.key())
                        .bind("state", wanted)
                        .bind("limit", filter.pageSize()));
        return page(filter, heads);
    }

    private static Page page(Filter filter, List<Row<RecordHead>> heads) {
        boolean last = heads.size() < filter.pageSize();
        return new Page(
                read(heads).filter(filter::matches).toList(),
                last ? null : heads.get(heads.size() - 1).place().cursor());
    }

    private List<RecordHead> records(String statement, UnaryOperator<Query> bindings) {
        return read(select(statement, bindings)).toList();
    }

    private static Stream<RecordHead> read(List<Row<RecordHead>> rows) {
        return rows.stream().map(Row::record).flatMap(Optional::stream);
    }

    private List<Row<RecordHead>> select(String statement, UnaryOperator<Query> bindings) {
        return PostgresFailures.translate(
                PostgresStore.NAME,
                () -> jdbi.withHandle(handle ->
                        bindings.apply(handle.createQuery(statement)).map(rows).list()));
    }
}
