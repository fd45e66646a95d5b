package dev.idem.admin.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The schema's commands; alone it is the one that is needed most. */
@Command(
        name = "migrate",
        header = "Bring the database's schema up to date, or back.",
        description = {
            "%nWithout a further word: migrate up. The service itself changes the schema of an embedded database only; any"
                    + " other is its operator's to change. Two that migrate at a time take turns."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin migrate",
            "  idem-admin migrate status",
            "  idem-admin migrate rollback 1",
            "  idem-admin migrate --tables idempotency"
        })
final class MigrateCommand implements Callable<Integer> {
    private final MigrateUpCommand up;

    @Mixin
    private final TablesOption tables = new TablesOption();

    MigrateCommand(Session session) {
        this.up = new MigrateUpCommand(session);
    }

    @Override
    public Integer call() {
        return up.apply(tables);
    }
}
