package dev.idem.admin.command.record;

import dev.idem.admin.option.KeyConverter;
import dev.idem.admin.option.ScopeConverter;
import dev.idem.admin.output.RecordTables;
import dev.idem.admin.session.Confirmation;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.DeleteRecord;
import dev.idem.core.operations.DeleteRecord.Permission;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Removes one record from both stores. */
@Command(
        name = "delete",
        header = "Delete one key's record from both stores, whatever its state.",
        description = {
            "%nThe next request with this key executes as if it were the first. Shows the record, and asks. While the owner"
                    + " is alive, --force is needed: its request is executing, and a repeat would execute beside it.",
            "%nIf one store is unavailable, the record is deleted from the other and the exit code is 1: run the command again"
                    + " later, because repeats may still get the old answer. If the unavailable store is the authoritative"
                    + " one, --force is needed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin delete order-4711 --scope user:42",
            "  idem-admin delete order-4711 --scope user:42 --yes"
        })
public final class DeleteCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Parameters(
            paramLabel = "KEY",
            converter = KeyConverter.class,
            description = "The idempotency key as the client sent it, with or without its quotes.")
    private String key = "";

    @Option(
            names = "--scope",
            required = true,
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Whose key it is; inspect shows it.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Scope scope;

    @Option(names = "--force", description = "Delete the record even if its owner is alive, or may be.")
    private boolean force;

    @Mixin
    private final Confirmation confirmation;

    public DeleteCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            DeleteRecord delete = new DeleteRecord(stores.records(), session.actionLog(stores));
            DeleteRecord.Found found = delete.find(new RecordId(scope, key));
            session.warnOf(advised(found.unavailable()));
            Permission permission = found.permission(force);
            if (permission == Permission.NOT_FOUND) {
                session.showNothingFound(
                        "No record of this key was found.",
                        delete.unchanged(found),
                        found.unavailable().isEmpty());
                return ExitCode.ofSearch(found.unavailable(), false);
            }
            session.say(new RecordTables(session.colours())
                    .sideBySide(found.records())
                    .toString());
            requireAllowed(permission);
            if (!confirmation.given("Delete it?")) {
                session.show("Nothing was deleted.", delete.unchanged(found));
                return ExitCode.FAILED;
            }
            return show(delete.delete(found, force), found);
        }
    }

    /** A record that cannot be read is deleted by force, which is what this command does. */
    private List<UnavailableStore> advised(List<UnavailableStore> unavailable) {
        return unavailable.stream()
                .map(store -> force && store.ofOneRecord() ? store.withoutAdvice() : store)
                .toList();
    }

    private void requireAllowed(Permission permission) {
        if (permission == Permission.OWNER_ALIVE) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Its owner is alive: the request is executing, and a repeat would execute beside it. Wait for it, or"
                            + " add --force.");
        }
        if (permission == Permission.UNCERTAIN) {
            throw new ParameterException(
                    spec.commandLine(),
                    "The authoritative store is unavailable, or a record cannot be read, so the request may be executing."
                            + " Wait for the store, or add --force.");
        }
    }

    private int show(DeleteRecord.Result done, DeleteRecord.Found found) {
        session.warnOf(advised(done.unavailable()), advised(found.unavailable()));
        if (!done.unavailable().isEmpty()) {
            session.warn("Run this command again when that store is available.");
        }
        session.show(
                done.deletedFrom().isEmpty()
                        ? "It was gone already" + (done.partial() ? " in the store that answered." : ".")
                        : "Deleted in " + String.join(" and ", done.deletedFrom()) + ".",
                done);
        return ExitCode.ofChange(done.unavailable());
    }
}
