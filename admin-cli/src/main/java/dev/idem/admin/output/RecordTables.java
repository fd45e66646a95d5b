package dev.idem.admin.output;

import dev.idem.core.record.view.AnswerView;
import dev.idem.core.record.view.RecordState;
import dev.idem.core.record.view.RecordView;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import picocli.CommandLine.Help.ColorScheme;

/** Records as tables. */
public final class RecordTables {
    private static final Map<String, Function<RecordView, Cell>> FIELDS = fields();

    private final ColorScheme colours;

    public RecordTables(ColorScheme colours) {
        this.colours = colours;
    }

    /** One line a record. */
    public Table list(List<RecordView> records) {
        RecordColumns columns = RecordColumns.wide();
        Table table = columns.empty(colours);
        records.forEach(record -> columns.add(table, record));
        return table;
    }

    /** Everything about one record, a column for each store that has it. */
    public Table sideBySide(List<RecordView> stores) {
        List<String> headings = new ArrayList<>(List.of("STORE"));
        stores.forEach(record -> headings.add(record.store()));
        Table table = new Table(colours, headings);
        FIELDS.forEach((name, field) -> {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
            stores.forEach(record -> cells.add(field.apply(record)));
            table.row(cells);
        });
        return table;
    }

    private static Map<String, Function<RecordView, Cell>> fields() {
        Map<String, Function<RecordView, Cell>> fields = new LinkedHashMap<>();
        fields.put("scope", record -> Cell.of(record.scope()));
        fields.put("key", record -> Cell.of(record.key()));
        fields.put("state", RecordTables::state);
        fields.put("stale", RecordTables::stale);
        fields.put("lease age", record -> age(record.leaseAgeMs()));
        fields.put("heartbeat age", record -> age(record.heartbeatAgeMs()));
        fields.put("lock timeout", record -> age(record.lockTimeoutMs()));
        fields.put("window", RecordTables::window);
        fields.put("owner", record -> Cell.of(record.owner()));
        fields.put("fencing", record -> Cell.of(record.fencing()));
        fields.put("attempt", record -> Cell.of(record.attempt()));
        fields.put("node", record -> Cell.of(record.node()));
        fields.put("route", record -> Cell.of(record.route()));
        fields.put("fingerprint", record -> Cell.of(record.fingerprint()));
        fields.put("claimed", record -> Cell.of(record.claimedAt()));
        fields.put("completed", record -> Cell.of(Objects.requireNonNullElse(record.completedAt(), "-")));
        fields.put("expires", record -> Cell.of(record.expiresAt()));
        fields.put("answer", RecordTables::answer);
        return Collections.unmodifiableMap(fields);
    }

    private static boolean processing(RecordView record) {
        return record.completedAt() == null;
    }

    /** A held key waits for an operator. */
    static Cell state(RecordView record) {
        return new Cell(record.state(), record.state().equals(RecordState.HELD.label()));
    }

    static Cell heartbeat(RecordView record) {
        return Cell.of(processing(record) ? human(record.heartbeatAgeMs()) + " ago" : "-");
    }

    static Cell stale(RecordView record) {
        return record.stale() ? new Cell("yes", true) : Cell.of(processing(record) ? "no" : "-");
    }

    static Cell age(long milliseconds) {
        return Cell.of(human(milliseconds));
    }

    private static Cell window(RecordView record) {
        return Cell.of(record.windowMs() == null ? "-" : human(record.windowMs()) + " from its claim");
    }

    private static String human(long milliseconds) {
        return HumanDuration.of(Duration.ofMillis(milliseconds));
    }

    static Cell answer(RecordView record) {
        AnswerView answer = record.answer();
        if (answer == null) {
            return Cell.of("-");
        }
        if (!answer.stored()) {
            return Cell.of("not stored (" + answer.notStoredReason() + ")");
        }
        String bytes =
                answer.bodyBytes() == null ? answer.storedBytes() + " bytes stored" : answer.bodyBytes() + " bytes";
        return Cell.of(answer.status() + ", " + answer.headerCount() + " headers, " + bytes);
    }
}
