package dev.idem.admin.command.migrate;

import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rolls back the latest changes. */
@Command(
        name = "rollback",
        header = "Roll back the latest changes; a table is dropped with its data.",
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate rollback 1"})
final class MigrateRollbackCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    @Mixin
    private final Confirmation confirmation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "N", description = "How many changes.")
    private int count;

    MigrateRollbackCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    /** The JSON output. */
    record Result(List<String> rolledBack) {}

    @Override
    public Integer call() {
        if (count < 1) {
            throw new ParameterException(spec.commandLine(), "N is at least 1.");
        }
        try (Stores stores = session.openStores()) {
            session.warn("The data in the tables that these changes created will be lost.");
            if (!confirmation.given("Roll back " + count + "?")) {
                session.show("Nothing was rolled back.", new Result(List.of()));
                return ExitCode.FAILED;
            }
            List<String> undone =
                    stores.withDatabase(database -> tables.in(database).rollback(count));
            session.show(
                    undone.isEmpty()
                            ? "There is nothing to roll back."
                            : "Rolled back: " + String.join(", ", undone) + ".",
                    new Result(undone));
            return undone.isEmpty() ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
        }
    }
}
