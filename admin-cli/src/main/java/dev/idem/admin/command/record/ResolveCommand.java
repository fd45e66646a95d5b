package dev.idem.admin.command.record;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.ResolveRecord;
import dev.idem.core.record.answer.RecordedResponse;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Resolves a request whose outcome is unknown. */
@Command(
        name = "resolve",
        header = "Say what became of a request whose outcome is unknown.",
        description = {
            "%nThe gateway sent a request on and got no answer: it may have taken effect or not. With onUnknown: hold its"
                    + " repeats are refused until somebody knows. Look at the system behind the gateway, and say it here:"
                    + " repeats then get the answer, or the next one executes.",
            "%nOnly a record whose outcome is still unknown is changed, in both stores. If one store is unavailable, the other"
                    + " is changed and the exit code is 1: run the command again later."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin resolve order-4711 --release",
            "  idem-admin resolve order-4711 --completed-with 201 --header 'Location: /orders/7' --body-file order.json"
        })
public final class ResolveCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final KeySelector selected = new KeySelector();

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Outcome outcome;

    @Mixin
    private final Confirmation confirmation;

    @Option(names = "--dry-run", description = "Show what would be resolved, and change nothing.")
    private boolean dryRun;

    public ResolveCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    /** What became of it. */
    private static final class Outcome {
        @Option(names = "--release", description = "It took no effect: the key is free, and the next repeat executes.")
        private boolean release;

        @ArgGroup(exclusive = false)
        private AnswerOptions answer = new AnswerOptions();

        /** What repeats are answered with; empty if the next one executes. */
        Optional<RecordedResponse> read(CommandSpec spec, Session session) {
            return release ? Optional.empty() : Optional.of(answer.read(spec, session));
        }
    }

    @Override
    public Integer call() {
        Optional<RecordedResponse> answer = outcome.read(spec, session);
        try (Stores stores = session.openStores()) {
            ResolveRecord resolve = new ResolveRecord(stores.records(), session.actionLog(stores));
            ResolveRecord.Found found = resolve.find(selected.key(), selected.scope());
            session.warnOf(found.unavailable());
            ResolveRecord.Result unchanged = resolve.unchanged(found, dryRun);
            requireOneScope(found);
            if (found.records().isEmpty()) {
                session.showNothingFound(
                        "No record of this key has an unknown outcome.",
                        unchanged,
                        found.unavailable().isEmpty());
                return ExitCode.ofSearch(found.unavailable(), false);
            }
            session.say(new RecordTables(session.colours())
                    .sideBySide(found.records())
                    .toString());
            if (dryRun) {
                session.show("Would resolve: " + unchanged.keys() + ".", unchanged);
                return ExitCode.ofChange(found.unavailable());
            }
            if (!confirmation.given(outcome.release ? "Release it?" : "Answer repeats with it?")) {
                session.show("Nothing was changed.", unchanged);
                return ExitCode.FAILED;
            }
            return show(resolve.resolve(found, answer), found);
        }
    }

    private void requireOneScope(ResolveRecord.Found found) {
        int scopes = found.scopes().size();
        if (found.cut()) {
            throw new ParameterException(
                    spec.commandLine(), "Too many scopes have this key to look at all of them: name one with --scope.");
        }
        if (scopes > 1) {
            throw new ParameterException(spec.commandLine(), scopes + " scopes have this key: name one with --scope.");
        }
    }

    private int show(ResolveRecord.Result done, ResolveRecord.Found found) {
        session.warnOf(done.unavailable(), found.unavailable());
        if (!done.unavailable().isEmpty()) {
            session.warn("Run this command again when that store is available.");
        }
        String kept =
                done.changed() == 0 ? "" : " Changed in the meantime, and therefore kept: " + done.changed() + ".";
        session.show("Resolved: " + done.resolved() + "." + kept, done);
        return ExitCode.ofChange(done.unavailable());
    }
}
