package dev.idem.benchmarks.http.report;

import dev.idem.benchmarks.http.result.Spread;
import java.util.List;
import java.util.Locale;

/** Tables and numbers, as they are written. */
final class Markdown {
    private Markdown() {}

    static String table(List<String> columns, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(columns));
        table.append("|---".repeat(1))
                .append("|---:".repeat(columns.size() - 1))
                .append("|\n");
        rows.forEach(row -> table.append(row(row)));
        return table.append('\n').toString();
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |\n";
    }

    static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    /** The median, and the ends in brackets. */
    static String spread(Spread spread, String format) {
        return number(format + " [" + format + "–" + format + "]", spread.median(), spread.least(), spread.most());
    }
}
