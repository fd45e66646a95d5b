package dev.idem.postgres.schema;

import dev.idem.postgres.connect.StoreJdbi;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/** Counts the rows that the SQL of a rollback would delete, with their tables or with a column. Thread-safe. */
final class LostRows {
    private static final String NAME = "([a-z_][a-z0-9_]*(?:\\s*,\\s*[a-z_][a-z0-9_]*)*)";
    private static final Pattern DROPPED =
            Pattern.compile("\\bdrop\\s+table\\s+(?:if\\s+exists\\s+)?" + NAME, Pattern.CASE_INSENSITIVE);
    private static final Pattern CUT = Pattern.compile(
            "\\balter\\s+table\\s+(?:if\\s+exists\\s+)?(?:only\\s+)?" + NAME + "\\s+[^;]*\\bdrop\\s+column\\b",
            Pattern.CASE_INSENSITIVE);

    private final Jdbi jdbi;
    private final String kind;
    private final Map<String, String> counts;

    LostRows(DataSource dataSource) {
        SchemaStatements statements = new SchemaStatements();
        this.jdbi = StoreJdbi.on(dataSource);
        this.kind = statements.load("table_kind");
        this.counts = Map.of("data", statements.load("rows"), "state", statements.load("rows_of_state"));
    }

    /** The tables with rows, in the order of the statements. */
    Map<String, Long> of(Collection<String> statements) {
        Map<String, Long> rows = new LinkedHashMap<>();
        for (String table : tables(statements)) {
            long count = count(table);
            if (count > 0) {
                rows.put(table, count);
            }
        }
        return rows;
    }

    private static Set<String> tables(Collection<String> statements) {
        Set<String> tables = new LinkedHashSet<>();
        for (String statement : statements) {
            for (Pattern pattern : Set.of(DROPPED, CUT)) {
                Matcher matcher = pattern.matcher(statement);
                while (matcher.find()) {
                    for (String table : matcher.group(1).split("\\s*,\\s*", -1)) {
                        tables.add(table.toLowerCase(Locale.ROOT));
                    }
                }
            }
        }
        return tables;
    }

    private long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery(kind)
                .bind("table", table)
                .mapTo(String.class)
                .findOne()
                .map(counts::get)
                .map(count -> handle.createQuery(count)
                        .define("table", table)
                        .bind("most", RollbackPlan.MOST)
                        .mapTo(Long.class)
                        .one())
                .orElse(0L));
    }
}
