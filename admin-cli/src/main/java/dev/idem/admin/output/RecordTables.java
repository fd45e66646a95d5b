package dev.idem.admin.output;

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

    /** One line a record: what an operator scans for. */
    public Table list(List<RecordView> records) {
        Table table = new Table(
                colours,
                List.of(
                        "STORE",
                        "SCOPE",
                        "KEY",
                        "STATE",
                        "STALE",
                        "AGE",
                        "HEARTBEAT",
                        "TRY",
                        "NODE",
                        "ROUTE",
                        "ANSWER"));
        records.forEach(record -> table.row(List.of(
                Cell.of(record.store()),
                Cell.of(record.scope()),
                Cell.of(record.key()),
                Cell.of(record.state()),
                record.staleCell(),
                Cell.of(record.leaseAge()),
                Cell.of(record.state().equals("processing") ? record.heartbeatAge() + " ago" : "-"),
                Cell.of(record.attempt()),
                Cell.of(record.node()),
                Cell.of(record.route()),
                Cell.of(record.describeAnswer()))));
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
        fields.put("state", record -> Cell.of(record.state()));
        fields.put("stale", RecordView::staleCell);
        fields.put("lease age", record -> Cell.of(record.leaseAge()));
        fields.put("heartbeat age", record -> Cell.of(record.heartbeatAge()));
        fields.put("lock timeout", record -> Cell.of(record.lockTimeout()));
        fields.put("window", record -> Cell.of(record.window()));
        fields.put("owner", record -> Cell.of(record.owner()));
        fields.put("fencing", record -> Cell.of(record.fencing()));
        fields.put("attempt", record -> Cell.of(record.attempt()));
        fields.put("node", record -> Cell.of(record.node()));
        fields.put("route", record -> Cell.of(record.route()));
        fields.put("fingerprint", record -> Cell.of(record.fingerprint()));
        fields.put("claimed", record -> Cell.of(record.claimedAt()));
        fields.put("completed", record -> Cell.of(Objects.requireNonNullElse(record.completedAt(), "-")));
        fields.put("expires", record -> Cell.of(record.expiresAt()));
        fields.put("answer", record -> Cell.of(record.describeAnswer()));
        return Collections.unmodifiableMap(fields);
    }
}
