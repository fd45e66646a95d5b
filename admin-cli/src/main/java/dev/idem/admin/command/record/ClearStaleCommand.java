package dev.idem.admin.command.record;

import dev.idem.admin.option.DurationConverter;
import dev.idem.admin.output.RecordTables;
import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.ChangedRecord;
import dev.idem.core.operations.StaleRecords;
import java.time.Duration;
import java.util.Optional;
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
            "%nFinds stale records, shows them, asks, and removes them, so that the next repeat executes. A record is stale"
                    + " when its owner has been silent for longer than the record's lock timeout. Repeats take over stale"
                    + " records by themselves; this command is for keys that nobody repeats.",
            "%nThe next repeat executes also on a route with onUnknown: hold or probe, where it would be held: the stores do not know a"
                    + " route's policy. Clear a key of such a route only if its request took no effect. Else leave it, let a"
                    + " repeat find it, and use resolve.",
            "%nEach record is compared again in the step that removes it. One that changed after it was shown stays. The exit"
                    + " code is 0 also when nothing was stale, and 1 when a store was unavailable."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin clear-stale --dry-run", "  idem-admin clear-stale --older-than 10m --yes"})
public final class ClearStaleCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final Confirmation confirmation;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description =
                    "Only owners that have been silent for at least this time, such as 30s, 5m or 1h. A time shorter"
                            + " than a record's lock timeout has no effect.")
    private @Nullable Duration olderThan;

    @Option(names = "--dry-run", description = "Show what would be cleared, and clear nothing.")
    private boolean dryRun;

    public ClearStaleCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            StaleRecords stale = new StaleRecords(stores.records(), session.actionLog(stores));
            StaleRecords.Found found = stale.find(Optional.ofNullable(olderThan), StaleRecords.MOST_AT_ONCE);
            StaleRecords.Result before = stale.unchanged(found, dryRun);
            session.warnOf(before.unavailable());
            session.warnOf(before.unreadable());
            if (before.records().isEmpty()) {
                session.showNothingFound("Nothing is stale.", before, !before.partial());
                return exitCode(before);
            }
            announce(before);
            if (dryRun) {
                session.show("Would clear: " + before.keys() + ".", before);
                return exitCode(before);
            }
            if (!confirmation.given("Clear " + before.keys() + "?")) {
                session.show("Nothing was cleared.", before);
                return ExitCode.FAILED;
            }
            StaleRecords.Result done = stale.clear(found);
            session.warnOf(done.unavailable(), before.unavailable());
            session.show(text(done), done);
            return exitCode(done);
        }
    }

    private static int exitCode(StaleRecords.Result result) {
        return ExitCode.unless(result.unreadable(), ExitCode.ofChange(result.unavailable()));
    }

    private void announce(StaleRecords.Result found) {
        session.say(new RecordTables(session.colours())
                .list(found.records().stream().map(ChangedRecord::record).toList())
                .toString());
        if (found.more()) {
            session.warn("One store has more than " + StaleRecords.MOST_AT_ONCE + ": run this again for the rest.");
        }
    }

    private static String text(StaleRecords.Result done) {
        return "Cleared: " + done.cleared() + "."
                + (done.changed() == 0 ? "" : " Changed in the meantime, and therefore kept: " + done.changed() + ".");
    }
}
