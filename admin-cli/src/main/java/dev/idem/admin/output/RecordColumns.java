package dev.idem.admin.output;

import dev.idem.core.record.view.AnswerView;
import dev.idem.core.record.view.RecordView;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.ColorScheme;

/** The columns of a list of records: what an operator scans for. Immutable. */
public final class RecordColumns {
    private static final String OMITTED = "…";

    private final List<Column> columns;

    private RecordColumns(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    private record Column(String heading, Function<RecordView, Cell> cell) {}

    /** At most 100 characters. Long scopes and keys are shortened in the middle. */
    public static RecordColumns narrow() {
        return new RecordColumns(List.of(
                new Column("STORE", record -> Cell.of(record.store())),
                new Column("SCOPE", record -> Cell.of(shortened(record.scope(), 14))),
                new Column("KEY", record -> Cell.of(shortened(record.key(), 36))),
                new Column("STATE", RecordTables::state),
                new Column("STALE", RecordTables::stale),
                new Column("AGE", record -> RecordTables.age(record.leaseAgeMs())),
                new Column("ANSWER", record -> Cell.of(status(record.answer())))));
    }

    /** Everything whole, so that it can be copied. */
    public static RecordColumns wide() {
        return new RecordColumns(List.of(
                new Column("STORE", record -> Cell.of(record.store())),
                new Column("SCOPE", record -> Cell.of(record.scope())),
                new Column("KEY", record -> Cell.of(record.key())),
                new Column("STATE", RecordTables::state),
                new Column("STALE", RecordTables::stale),
                new Column("AGE", record -> RecordTables.age(record.leaseAgeMs())),
                new Column("HEARTBEAT", RecordTables::heartbeat),
                new Column("TRY", record -> Cell.of(record.attempt())),
                new Column("NODE", record -> Cell.of(record.node())),
                new Column("ROUTE", record -> Cell.of(record.route())),
                new Column("ANSWER", RecordTables::answer)));
    }

    Table empty(ColorScheme colours) {
        return new Table(colours, columns.stream().map(Column::heading).toList());
    }

    void add(Table table, RecordView record) {
        table.row(columns.stream().map(column -> column.cell().apply(record)).toList());
    }

    /** Both ends of a text: those of one kind often begin alike. */
    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = most / 2 - 1;
        return text.substring(0, most - end - 1) + OMITTED + text.substring(text.length() - end);
    }

    private static String status(@Nullable AnswerView answer) {
        if (answer == null) {
            return "-";
        }
        return answer.stored() ? String.valueOf(answer.status()) : "none";
    }
}
