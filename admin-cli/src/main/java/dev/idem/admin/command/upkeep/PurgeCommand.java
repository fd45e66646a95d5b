package dev.idem.admin.command.upkeep;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Progress;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.upkeep.PurgeRecords;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.connect.StoreJdbi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes expired records. */
@Command(
        name = "purge",
        header = "Delete the records that have expired.",
        description = {
            "%nRunning services do this by themselves; this command is for when none has run for a while. Deletes from"
                    + " PostgreSQL in small batches; Redis deletes expired records by itself. Does not ask: an expired"
                    + " record answers nobody."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin purge --dry-run", "  idem-admin purge"})
public final class PurgeCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Show how many would be deleted, and delete nothing.")
    private boolean dryRun;

    public PurgeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores();
                Progress progress = session.progress("Deleted")) {
            PurgeRecords.Result result = stores.withDatabase(database -> new PurgeRecords(
                            new ExpiredRecordSweeper(StoreJdbi.on(database), ExpiredRecordSweeper.USUAL_BATCH),
                            session.actionLog(stores))
                    .purge(dryRun, progress));
            progress.end();
            session.show(text(result.deleted(), result.left()), result);
            return ExitCode.DONE;
        }
    }

    private String text(long deleted, long left) {
        if (dryRun) {
            return "Would delete up to: " + left + ".";
        }
        return "Deleted: " + deleted + "."
                + (left == 0
                        ? ""
                        : " Left: " + left
                                + ": a service is deleting them, or failback must tell Redis of them first.");
    }
}
