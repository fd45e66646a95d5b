package dev.idem.postgres.statement;

import dev.idem.core.record.RecordId;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Many values as one argument of a statement. The driver sends typed arrays in binary, so a megabyte stays a megabyte. */
public final class ColumnArray {
    private ColumnArray() {}

    /** Binds scopes and keys as {@code scopes} and {@code keys}. */
    public static Query bindIds(Query query, List<RecordId> ids) {
        return query.bind("scopes", of("text", ids, String[]::new, id -> id.scope()
                        .value()))
                .bind("keys", of("text", ids, String[]::new, RecordId::key));
    }

    /**
     * One column of all rows.
     *
     * @param type PostgreSQL's name for the type of an element
     */
    public static <R, T> Argument of(
            String type, List<R> rows, IntFunction<@Nullable T[]> made, Function<R, ? extends @Nullable T> column) {
        @Nullable T[] elements = rows.stream().map(column).toArray(made);
        return (position, statement, context) ->
                statement.setArray(position, statement.getConnection().createArrayOf(type, elements));
    }
}
