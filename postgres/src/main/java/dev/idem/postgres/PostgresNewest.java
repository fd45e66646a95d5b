package dev.idem.postgres;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.Scope;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.core.store.RecordAdministration.Found;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.postgres.statement.ColumnArray;
import dev.idem.postgres.statement.RecordRows.Row;
import dev.idem.postgres.statement.Statements;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/**
 * The newest records of a scope. No index has a scope's records by time, since every request would pay for it (decision 045). So this
 * reads all of a small scope. Of a large one it reads what is among the records that expire last. Thread-safe.
 */
final class PostgresNewest {
    /** In the order of keys a row costs ten times as much as in the order of expiry, which is nearly that of the table. */
    private static final int COST_OF_A_KEY_ORDERED_ROW = 10;

    private final Jdbi jdbi;
    private final RowMapper<Row<RecordHead>> rows;
    private final String isLarge;
    private final String areMany;
    private final Search whole;
    private final Search recent;

    /** @param rows maps the rows of heads */
    PostgresNewest(Jdbi jdbi, RowMapper<Row<RecordHead>> rows) {
        Statements statements = new Statements();
        this.jdbi = jdbi;
        this.rows = rows;
        this.isLarge = statements.load("scope_is_large");
        this.areMany = statements.load("records_are_many");
        this.whole = new Search(statements.load("routes"), statements.loadForHeads("newest"), Optional.empty());
        this.recent = new Search(
                statements.load("routes_recent"), statements.loadForHeads("newest_recent"), Optional.of("examined"));
    }

    /** @param bound the name of the argument that limits what is examined */
    private record Search(String routes, String newest, Optional<String> bound) {
        Query with(Handle handle, String statement, Scope scope, Depth depth) {
            Query query = handle.createQuery(statement).bind("scope", scope.value());
            bound.ifPresent(name -> query.bind(name, depth.records()));
            return query;
        }
    }

    Found of(Scope scope, Optional<Predicate<String>> route, int limit, Depth depth) {
        return ask(handle -> {
            boolean all = depth.equals(Depth.WHOLE) || !isLarge(handle, scope, depth);
            Search search = all ? whole : recent;
            Optional<List<String>> routes = route.map(
                    wanted -> search.with(handle, search.routes(), scope, depth).mapTo(String.class).list().stream()
                            .filter(wanted)
                            .toList());
            return new Found(
                    routes.filter(List::isEmpty).isPresent()
                            ? List.of()
                            : newest(search.with(handle, search.newest(), scope, depth), routes, limit),
                    all || !areMany(handle, depth));
        });
    }

    private boolean isLarge(Handle handle, Scope scope, Depth depth) {
        return handle.createQuery(isLarge)
                .bind("scope", scope.value())
                .bind("examined", depth.records() / COST_OF_A_KEY_ORDERED_ROW)
                .mapTo(Boolean.class)
                .one();
    }

    private boolean areMany(Handle handle, Depth depth) {
        return handle.createQuery(areMany)
                .bind("examined", depth.records())
                .mapTo(Boolean.class)
                .one();
    }

    private List<RecordHead> newest(Query query, Optional<List<String>> routes, int limit) {
        query.bind("limit", limit);
        routes.ifPresentOrElse(
                names -> query.bind("routes", ColumnArray.of("text", names, String[]::new, text -> text)),
                () -> query.bindNull("routes", Types.ARRAY));
        return query.map(rows).stream().flatMap(row -> row.record().stream()).toList();
    }

    private <T> T ask(Function<Handle, T> question) {
        return PostgresFailures.translate(PostgresStore.NAME, () -> jdbi.withHandle(question::apply));
    }
}
