package dev.idem.admin.command;

import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.stores.Stores;
import dev.idem.core.reconcile.Difference;
import dev.idem.core.reconcile.ReconcileListener;
import dev.idem.core.reconcile.ReconcileSummary;
import dev.idem.core.reconcile.Reconciliation;
import dev.idem.core.reconcile.RecordPair;
import dev.idem.core.record.StoredRecord;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.redis.RedisFastStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares both stores. */
@Command(
        name = "reconcile",
        header = "Compare both stores, and bring each what only the other knows.",
        description = {
            "%nWalks through Redis and PostgreSQL in small pages. A difference counts when it lasts for longer than --settle,"
                    + " since PostgreSQL learns a little later what Redis has decided. Leases that PostgreSQL alone holds"
                    + " are none: it grants those of strict routes itself.",
            "%nWith --repair an answer that one store lacks is brought to it, and PostgreSQL is told of leases that Redis"
                    + " holds. An answer is never changed and a lease never ended. What is left then has two answers or two"
                    + " owners: inspect the key, and delete it if need be. The exit code is 0 when the stores agree in the"
                    + " end, and 1 when they do not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin reconcile", "  idem-admin reconcile --repair --yes"})
final class ReconcileCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 1_000;

    private final Session session;

    @Option(names = "--repair", description = "Repair what can be. Asks first.")
    private boolean repair;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "How long a difference must last to count. Default: 1s.")
    private Duration settle = Duration.ofSeconds(1);

    @Mixin
    private final Confirmation confirmation;

    ReconcileCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    /**
     * The JSON output.
     *
     * @param differences the first thousand
     * @param left how many there are still
     */
    record Result(
            boolean repair,
            long compared,
            long settled,
            Map<String, Long> found,
            Map<String, Long> repaired,
            long left,
            List<Item> differences) {}

    /** One record in which the stores disagree; {@code redis} and {@code postgresql} say what each has. */
    record Item(String difference, String scope, String key, String redis, String postgresql, boolean repaired) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores();
                Progress progress = session.progress("Compared")) {
            if (repair && !confirmation.given("Bring each store what only the other knows?")) {
                session.show("Nothing was compared.", new Result(true, 0, 0, Map.of(), Map.of(), 0, List.of()));
                return ExitCode.FAILED;
            }
            List<Item> items = new ArrayList<>();
            ReconcileListener listener = listener(items, progress);
            ReconcileSummary summary = stores.withRedis((redis, prefix) -> stores.withDatabase(database -> {
                Reconciliation both = new Reconciliation(
                        new RedisFastStore(redis, prefix),
                        new PostgresDurableStore(RedactingJdbi.on(database)),
                        settle);
                return repair ? both.repair(listener) : both.compare(listener);
            }));
            progress.end();
            if (repair) {
                session.audit(stores, actions -> actions.did("reconcile", "repaired=" + words(summary.repaired())));
            }
            session.show(text(summary, items), result(summary, items));
            return summary.left() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static ReconcileListener listener(List<Item> items, Progress progress) {
        return new ReconcileListener() {
            @Override
            public void begins(long about) {
                progress.outOf(about);
            }

            @Override
            public void compared(long records) {
                progress.at(records);
            }

            @Override
            public void found(RecordPair pair, Difference difference, boolean repaired) {
                if (items.size() < MOST_SHOWN) {
                    items.add(item(pair, difference, repaired));
                }
            }
        };
    }

    private static Item item(RecordPair pair, Difference difference, boolean repaired) {
        return new Item(
                word(difference),
                pair.id().scope().value(),
                pair.id().key(),
                describe(pair.redis()),
                describe(pair.postgres()),
                repaired);
    }

    private static String describe(Optional<StoredRecord> record) {
        return record.map(there -> there.state().name().toLowerCase(Locale.ROOT) + ", fencing " + there.fencing())
                .orElse("nothing");
    }

    private static String word(Difference difference) {
        return difference.name().toLowerCase(Locale.ROOT);
    }

    private Result result(ReconcileSummary summary, List<Item> items) {
        return new Result(
                repair,
                summary.compared(),
                summary.settled(),
                words(summary.found()),
                words(summary.repaired()),
                summary.left(),
                items);
    }

    private static Map<String, Long> words(Map<Difference, Long> counts) {
        Map<String, Long> words = new TreeMap<>();
        counts.forEach((difference, count) -> words.put(word(difference), count));
        return words;
    }

    private String text(ReconcileSummary summary, List<Item> items) {
        String agreed = "Compared: " + summary.compared() + ". ";
        if (items.isEmpty()) {
            return agreed + "The stores agree.";
        }
        Table table =
                new Table(session.colours(), List.of("DIFFERENCE", "SCOPE", "KEY", "REDIS", "POSTGRESQL", "REPAIRED"));
        items.forEach(item -> table.row(List.of(
                Cell.of(item.difference()),
                Cell.of(item.scope()),
                Cell.of(item.key()),
                Cell.of(item.redis()),
                Cell.of(item.postgresql()),
                item.repaired() ? Cell.of("yes") : new Cell("no", true))));
        return table + agreed + "Found: " + words(summary.found()) + ". Repaired: " + words(summary.repaired())
                + ". Left: " + summary.left() + "."
                + (!repair ? " Add --repair to bring each store what only the other knows." : "");
    }
}
