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
import dev.idem.core.reconcile.Pace;
import dev.idem.core.reconcile.ScanPlace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Compares both stores. */
@Command(
        name = "reconcile",
        header = "Compare both stores, and copy to each store what only the other has.",
        description = {
            "%nReads Redis and PostgreSQL in small pages, at the pace of --rate. A run that ends early prints where the next"
                    + " one may begin. A difference counts when it lasts for longer than --settle, because"
                    + " PostgreSQL follows Redis with a short delay. A lease that only PostgreSQL has is no difference: it"
                    + " grants the leases of strict routes itself.",
            "%nWith --repair an answer that one store lacks is copied to it, and PostgreSQL gets the leases that Redis has. No"
                    + " answer is changed and no lease ended. What is left has two answers or two owners: inspect the key, and"
                    + " delete it if need be. The exit code is 0 when the stores agree in the end, and 1 when they do not."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin reconcile",
            "  idem-admin reconcile --repair --yes",
            "  idem-admin reconcile --rate 2000 --from fast:81920"
        })
public final class ReconcileCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--repair", description = "Repair the differences that can be repaired. Asks first.")
    private boolean repair;

    @Option(
            names = "--settle",
            paramLabel = "TIME",
            defaultValue = "1s",
            converter = DurationConverter.class,
            description = "How long a difference must last to count. Default: 1s.")
    private Duration settle = Duration.ofSeconds(1);

    @Option(
            names = "--rate",
            paramLabel = "N",
            defaultValue = "10000",
            description = "Compare at most N records a second, to leave the stores to their requests. Default: 10000.")
    private int rate;

    @Option(
            names = "--from",
            paramLabel = "PLACE",
            defaultValue = "fast:",
            converter = PlaceConverter.class,
            description =
                    "Go on where an earlier run ended early; it has printed the place. Only while Redis has not been"
                            + " restarted or replaced.")
    private ScanPlace from = ScanPlace.BEGIN;

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
            Report report = run(stores, progress);
            progress.end();
            session.show(text(report), report);
            session.warnOf(report.unreadable());
            return ExitCode.unless(report.unreadable(), report.left() == 0 ? ExitCode.DONE : ExitCode.FAILED);
        }
    }

    private Report run(Stores stores, Progress progress) {
        if (rate < 1) {
            throw new ParameterException(spec.commandLine(), "--rate is at least 1.");
        }
        try (ResumeHint hint = new ResumeHint("idem-admin reconcile --from ", session)) {
            Report report = stores.withDatabase(unused -> new ReconcileStores(
                            stores.reconciliation(settle, new Pace(rate)), session.actionLog(stores))
                    .run(repair, from, progress, place -> hint.reached(place.toString())));
            hint.done();
            return report;
        } catch (IllegalArgumentException e) {
            if (isWhole()) {
                throw e;
            }
            throw new ParameterException(
                    spec.commandLine(), "--from: '" + from + "' is no place that a run has printed.", e);
        }
    }

    private boolean isWhole() {
        return from.equals(ScanPlace.BEGIN);
    }

    private String text(Report report) {
        String compared = "Compared: " + report.compared() + ". ";
        if (report.differences().isEmpty()) {
            return compared
                    + (isWhole() ? "The stores agree" : "From " + from + " on, the stores agree")
                    + (report.unreadable().none() ? "." : " on what could be read.");
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
