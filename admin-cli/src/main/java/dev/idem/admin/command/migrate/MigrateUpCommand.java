package dev.idem.admin.command.migrate;

import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Applies the pending changes. */
@Command(
        name = "up",
        header = "Apply the changes that the database lacks.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate up"})
final class MigrateUpCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    MigrateUpCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(List<String> applied) {}

    @Override
    public Integer call() {
        return apply(tables);
    }

    int apply(TablesOption chosen) {
        try (Stores stores = session.openStores()) {
            List<String> applied =
                    stores.withDatabase(database -> chosen.in(database).update());
            session.show(
                    applied.isEmpty()
                            ? "The schema is up to date."
                            : "Applied: " + String.join(", ", applied) + ". The schema is up to date.",
                    new Result(applied));
            return ExitCode.DONE;
        }
    }
}
