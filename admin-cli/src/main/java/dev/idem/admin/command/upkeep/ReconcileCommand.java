package dev.idem.admin.command.upkeep;

import dev.idem.admin.option.DurationConverter;
import dev.idem.admin.output.Cell;
import dev.idem.admin.output.Table;
import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Progress;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.upkeep.ReconcileStores;
import dev.idem.core.operations.upkeep.ReconcileStores.Report;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares both stores. */
@Command(
        name = "reconcile",
        header = "Compare both stores, and copy to each store what only the other has.",
        description = {
            "%nReads Redis and PostgreSQL in small pages. A difference counts when it lasts for longer than --settle, because"
                    + " PostgreSQL follows Redis with a short delay. A lease that only PostgreSQL has is no difference: it"
                    + " grants the leases of strict routes itself.",
            "%nWith --repair an answer that one store lacks is copied to it, and PostgreSQL gets the leases that Redis has. No"
                    + " answer is changed and no lease ended. What is left has two answers or two owners: inspect the key, and"
                    + " delete it if need be. The exit code is 0 when the stores agree in the end, and 1 when they do not."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  idem-admin reconcile", "  idem-admin reconcile --repair --yes"})
public final class ReconcileCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--repair", description = "Repair the differences that can be repaired. Asks first.")
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

    public ReconcileCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores();
                Progress progress = session.progress("Compared")) {
            if (repair && !confirmation.given("Copy to each store what only the other has?")) {
                session.show("Nothing was compared.", Report.nothing(true));
                return ExitCode.FAILED;
            }
            Report report = stores.withDatabase(
                    unused -> new ReconcileStores(stores.reconciliation(settle), session.actionLog(stores))
                            .run(repair, progress));
            progress.end();
            session.show(text(report), report);
            return report.left() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private String text(Report report) {
        String compared = "Compared: " + report.compared() + ". ";
        if (report.differences().isEmpty()) {
            return compared + "The stores agree.";
        }
        Table table =
                new Table(session.colours(), List.of("DIFFERENCE", "SCOPE", "KEY", "REDIS", "POSTGRESQL", "REPAIRED"));
        report.differences()
                .forEach(item -> table.row(List.of(
                        Cell.of(item.difference()),
                        Cell.of(item.scope()),
                        Cell.of(item.key()),
                        Cell.of(item.redis()),
                        Cell.of(item.postgresql()),
                        item.repaired() ? Cell.of("yes") : new Cell("no", true))));
        return table + compared + "Found: " + report.found() + ". Repaired: " + report.repaired() + ". Left: "
                + report.left() + "."
                + (repair ? "" : " Add --repair to copy to each store what only the other has.");
    }
}
