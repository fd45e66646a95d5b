package dev.idem.admin.command;

import dev.idem.admin.stores.Stores;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.connect.RedactingJdbi;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes what is over. */
@Command(
        name = "purge",
        header = "Delete the records that have expired.",
        description = {
            "%nRunning services do this by themselves; this is for when none has run for a while. Deletes in small batches"
                    + " from PostgreSQL; Redis forgets by itself. What has expired answers nobody, so that nothing asks"
                    + " before."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin purge --dry-run", "  idem-admin purge"})
final class PurgeCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--dry-run", description = "Show how many would be deleted, and delete nothing.")
    private boolean dryRun;

    PurgeCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(boolean dryRun, long deleted, long left) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores();
                Progress progress = session.progress("Deleted")) {
            return stores.withDatabase(database -> {
                ExpiredRecordSweeper sweeper =
                        new ExpiredRecordSweeper(RedactingJdbi.on(database), ExpiredRecordSweeper.USUAL_BATCH);
                progress.outOf(sweeper.countExpired());
                long deleted = dryRun ? 0 : sweeper.sweep(progress::at);
                progress.end();
                if (deleted > 0) {
                    session.audit(stores, actions -> actions.did("purge", "deleted=" + deleted));
                }
                long left = sweeper.countExpired();
                session.show(text(deleted, left), new Result(dryRun, deleted, left));
                return ExitCode.DONE;
            });
        }
    }

    private String text(long deleted, long left) {
        if (dryRun) {
            return "Would delete up to: " + left + ".";
        }
        return "Deleted: " + deleted + "."
                + (left == 0
                        ? ""
                        : " Left: " + left + ": a service is deleting them, or Redis has to be told of them first.");
    }
}
