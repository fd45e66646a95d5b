package dev.idem.admin.command.upkeep;

import dev.idem.admin.option.DurationConverter;
import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Progress;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.upkeep.CountRecords;
import dev.idem.core.operations.upkeep.CountRecords.StoreCount;
import dev.idem.core.store.RecordStatistics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Counts what the stores hold. */
@Command(
        name = "stats",
        header = "Count the records of both stores.",
        description = {
            "%nCounts by state, by layer (with a key, or recognised by the fingerprint) and by age, and shows the space they take."
                    + " If a store has many records, it estimates from a sample of some ten thousand, in about a second, and"
                    + " says so. With --exact it reads the fixed part of every record, in small steps. Redis's memory is always"
                    + " estimated. Both stores go on serving requests."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin stats",
            "  idem-admin stats --exact --within 10m",
            "  idem-admin -o json stats | jq '.stores[] | {store, stale}'"
        })
public final class StatsCommand implements Callable<Integer> {
    private static final Map<String, Function<RecordStatistics, Cell>> FIELDS = fields();

    private final Session session;

    @Option(names = "--exact", description = "Count every record, which takes as long as there are many.")
    private boolean exact;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            defaultValue = "1m",
            converter = DurationConverter.class,
            description = "Stop counting a store after this time. Default: 1m.")
    private Duration within = Duration.ofMinutes(1);

    public StatsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores();
                Progress progress = session.progress("Counted")) {
            CountRecords.Result counts = count(new CountRecords(stores.records()), progress);
            progress.end();
            if (session.forPrograms() || !counts.stores().isEmpty()) {
                session.show(table(counts.stores()).toString(), counts);
            }
            counts.stores().stream()
                    .filter(item -> !item.statistics().whole())
                    .forEach(item -> session.warn(
                            item.store() + " has more: the time was over. Raise --within to count them all."));
            session.warnOf(counts.unavailable());
            return ExitCode.ofChange(counts.unavailable());
        }
    }

    private CountRecords.Result count(CountRecords records, Progress progress) {
        CountRecords.Result estimate = records.estimate(within);
        if (!exact || estimate.stores().isEmpty()) {
            return estimate;
        }
        progress.outOf(estimate.stores().stream()
                .mapToLong(item -> item.statistics().total())
                .sum());
        return records.count(within, progress::at);
    }

    private Table table(List<StoreCount> items) {
        List<String> headings = new ArrayList<>(List.of("STORE"));
        items.forEach(item -> headings.add(item.store()));
        Table table = new Table(session.colours(), headings);
        FIELDS.forEach((name, field) -> {
            List<Cell> cells = new ArrayList<>(List.of(Cell.of(name)));
            items.forEach(item -> cells.add(field.apply(item.statistics())));
            table.row(cells);
        });
        return table;
    }

    private static Map<String, Function<RecordStatistics, Cell>> fields() {
        Map<String, Function<RecordStatistics, Cell>> fields = new LinkedHashMap<>();
        fields.put("counted", statistics -> Cell.of(howCounted(statistics)));
        fields.put("records", statistics -> Cell.of(statistics.total()));
        fields.put("processing", statistics -> Cell.of(statistics.processing()));
        fields.put("  of these stale", statistics -> new Cell("" + statistics.stale(), statistics.stale() > 0));
        fields.put("completed", statistics -> Cell.of(statistics.completed()));
        fields.put("with a key", statistics -> Cell.of(statistics.withKey()));
        fields.put("without a key", statistics -> Cell.of(statistics.withoutKey()));
        fields.put("under a minute old", statistics -> Cell.of(statistics.ages().underMinute()));
        fields.put("under an hour", statistics -> Cell.of(statistics.ages().underHour()));
        fields.put("under a day", statistics -> Cell.of(statistics.ages().underDay()));
        fields.put("older", statistics -> Cell.of(statistics.ages().older()));
        fields.put("expired, to be purged", statistics -> Cell.of(statistics.expired()));
        fields.put("room", statistics -> Cell.of(room(statistics)));
        return fields;
    }

    private static String howCounted(RecordStatistics statistics) {
        if (statistics.estimate()) {
            return "estimate";
        }
        return statistics.whole() ? "exactly" : "in part";
    }

    private static String room(RecordStatistics statistics) {
        return statistics.bytes() == 0 && statistics.total() > 0
                ? "unknown"
                : String.format(Locale.ROOT, "%.1f MiB", statistics.bytes() / 1048576.0);
    }
}
