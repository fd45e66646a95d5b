package dev.idem.admin.command.migrate;

import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.postgres.schema.RollbackPlan;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Rolls back the latest changes. */
@Command(
        name = "rollback",
        header = "Roll back the latest changes.",
        description = {
            "%nShows the changes and the tables that would lose rows, and asks. Tables with rows are only dropped, and only lose"
                    + " columns, with --drop-data; until then nothing is changed. Nodes of a release that needs these"
                    + " changes cannot work without them: stop those first."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin migrate rollback 1", "  idem-admin migrate rollback 2 --drop-data"})
final class MigrateRollbackCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final TablesOption tables = new TablesOption();

    @Mixin
    private final Confirmation confirmation;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(paramLabel = "N", description = "How many changes: no more than the database has.")
    private int count;

    @Option(names = "--drop-data", description = "Drop tables and columns that have rows, too.")
    private boolean dropData;

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
            RollbackPlan plan =
                    stores.withDatabase(database -> tables.in(database).planOfRollback(count));
            if (plan.changes().isEmpty()) {
                session.show("There is nothing to roll back.", new Result(List.of()));
                return ExitCode.NOTHING_FOUND;
            }
            requireThatMany(plan);
            session.warn("To be rolled back, the latest first: " + String.join(", ", plan.changes()) + ".");
            requireConsentToLoss(plan);
            if (!confirmation.given("Roll back " + count + "?")) {
                session.show("Nothing was rolled back.", new Result(List.of()));
                return ExitCode.FAILED;
            }
            List<String> undone =
                    stores.withDatabase(database -> tables.in(database).rollback(count));
            session.show("Rolled back: " + String.join(", ", undone) + ".", new Result(undone));
            return ExitCode.DONE;
        }
    }

    private void requireThatMany(RollbackPlan plan) {
        if (plan.changes().size() < count) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing was rolled back: the database has "
                            + plan.changes().size() + " of these changes.");
        }
    }

    private void requireConsentToLoss(RollbackPlan plan) {
        if (!plan.rows().isEmpty() && !dropData) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Nothing was rolled back, since rows would be lost: " + rows(plan)
                            + ". Save what is needed, and add --drop-data.");
        }
        session.warn(
                plan.rows().isEmpty()
                        ? "What these changes have created will be lost. No table or column among it has rows."
                        : "These rows will be lost: " + rows(plan) + ".");
    }

    private static String rows(RollbackPlan plan) {
        return plan.rows().entrySet().stream()
                .map(table -> table.getKey() + " has "
                        + (table.getValue() < RollbackPlan.MOST
                                ? table.getValue()
                                : "more than " + (RollbackPlan.MOST - 1)))
                .collect(Collectors.joining(", "));
    }
}
