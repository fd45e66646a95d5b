package dev.idem.admin.command;

import static java.util.stream.Collectors.toSet;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Frees the keys of owners that died. */
@Command(
        name = "clear-stale",
        header = "Free the keys whose owners have died.",
        description = {
            "%nFinds records that are still processing though their owner has been silent for too long, shows them,"
                    + " asks, and removes them, so that the next repeat executes as the first one did. Repeats take over"
                    + " dead owners' keys by themselves; this is for keys that nobody repeats, or to be rid of them now.",
            "%nEach record is compared once more in the moment of its removal: one that its owner, or a successor, has"
                    + " touched since it was shown stays. The exit code is 0 also when there was nothing to clear, and 1"
                    + " when a store could not be asked."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin clear-stale --dry-run", "  idem-admin clear-stale --older-than 10m --yes"})
final class ClearStaleCommand implements Callable<Integer> {
    private static final int AT_ONCE = 10_000;
    private static final RecordAdministration.Filter PROCESSING =
            new RecordAdministration.Filter(StoredRecord.State.PROCESSING, null, null, RecordScan.PAGE_SIZE);

    private final Session session;

    @Mixin
    private final Confirmation confirmation;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "How long an owner must have been silent, such as 30s, 5m or 1h. Default: each record's own"
                    + " lock timeout. With less than that, owners that are still alive may lose their key, and their"
                    + " request may execute again.")
    private @Nullable Duration olderThan;

    @Option(names = "--dry-run", description = "Show what would be cleared, and clear nothing.")
    private boolean dryRun;

    ClearStaleCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    /** The JSON output. */
    record Result(boolean dryRun, long cleared, List<Item> records, List<UnavailableStore> unavailable) {}

    /** What became of one record. */
    record Item(ActionResult outcome, RecordView record) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            StoreReplies<RecordScan> found =
                    stores.ask(store -> RecordScan.through(store, PROCESSING, this::isStale, AT_ONCE));
            session.warnOfUnavailable(found);
            List<Item> items = items(found);
            if (items.isEmpty()) {
                return finish("Nothing is stale.", items, found);
            }
            announce(items, found);
            if (dryRun) {
                return finish("Would clear: " + items.size() + ".", items, found);
            }
            if (!confirmation.given("Clear " + items.size() + "?")) {
                finish("Nothing was cleared.", items, found);
                return ExitCode.FAILED;
            }
            return clear(stores, found);
        }
    }

    private static List<Item> items(StoreReplies<RecordScan> found) {
        return found.answers().stream()
                .flatMap(reply -> reply.answer().records().stream()
                        .map(record -> new Item(ActionResult.KEPT, RecordView.of(reply.store(), record))))
                .toList();
    }

    private boolean isStale(StoredRecord record) {
        return record.staleFor(silence(record));
    }

    private Duration silence(StoredRecord record) {
        return olderThan == null ? record.lockTimeout() : olderThan;
    }

    private void announce(List<Item> items, StoreReplies<RecordScan> found) {
        session.say(new RecordTables(session.colours())
                .list(items.stream().map(Item::record).toList())
                .toString());
        long alive = items.stream().filter(item -> !item.record().stale()).count();
        if (alive > 0) {
            session.warn(alive + " of these owners have been silent for less than their lock timeout and may be alive:"
                    + " clearing lets their request execute a second time.");
        }
        if (found.answers().stream().anyMatch(reply -> reply.answer().more())) {
            session.warn("There are more than " + AT_ONCE + " in one store: run this again for the rest.");
        }
    }

    private Integer clear(Stores stores, StoreReplies<RecordScan> found) {
        StoreReplies<List<Item>> done = stores.askAgain(found, (store, walk) -> walk.records().stream()
                .map(record -> new Item(
                        store.clearIfStale(record, silence(record)) ? ActionResult.CLEARED : ActionResult.CHANGED,
                        RecordView.of(store.name(), record)))
                .toList());
        session.warnOfUnavailable(done, found);
        List<Item> items = done.answers().stream()
                .flatMap(reply -> reply.answer().stream())
                .toList();
        session.audit(stores, actions -> actions.did("clear-stale", cleared(items), "cleared"));
        long changed = count(items, ActionResult.CHANGED);
        String kept = changed == 0 ? "" : " Changed in the meantime, and therefore kept: " + changed + ".";
        return finish("Cleared: " + count(items, ActionResult.CLEARED) + "." + kept, items, done);
    }

    private static Set<RecordId> cleared(List<Item> items) {
        return items.stream()
                .filter(item -> item.outcome() == ActionResult.CLEARED)
                .map(item -> item.record().id())
                .collect(toSet());
    }

    private Integer finish(String text, List<Item> items, StoreReplies<?> survey) {
        session.showAnswers(
                survey, text, new Result(dryRun, count(items, ActionResult.CLEARED), items, survey.unavailable()));
        return survey.unavailable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static long count(List<Item> items, ActionResult fate) {
        return items.stream().filter(item -> item.outcome() == fate).count();
    }
}
