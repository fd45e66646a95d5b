package dev.idem.admin.command;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
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
        header = "Forget one key in both stores, whatever its state.",
        description = {
            "%nThe next request with this key executes as if it were the first. Shows the record, and asks. A key whose"
                    + " owner is alive is deleted only with --force: its request is running, and a repeat would execute"
                    + " beside it.",
            "%nIs one store away, the other forgets the key, the exit code is 1, and the command is to be given again: until"
                    + " then repeats may still be given the old answer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin delete order-4711 --scope user:42",
            "  idem-admin delete order-4711 --scope user:42 --yes"
        })
final class DeleteCommand implements Callable<Integer> {
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

    @Option(names = "--force", description = "Also if its owner is alive.")
    private boolean force;

    @Mixin
    private final Confirmation confirmation;

    DeleteCommand(Session session) {
        this.session = session;
        this.confirmation = new Confirmation(session);
    }

    /** The JSON output. */
    record Result(String key, String scope, long deleted, List<Item> records, List<UnavailableStore> unavailable) {}

    /** What became of one store's record. */
    record Item(ActionResult outcome, RecordView record) {}

    @Override
    public Integer call() {
        RecordId id = new RecordId(scope, key);
        try (Stores stores = session.openStores()) {
            StoreReplies<Optional<StoredRecord>> found = stores.ask(store -> store.find(id));
            session.warnOfUnavailable(found);
            List<RecordView> records = views(found);
            if (records.isEmpty()) {
                finish("No record of this key was found.", List.of(), found);
                return ExitCode.ofSearch(found, false);
            }
            session.say(new RecordTables(session.colours()).sideBySide(records).toString());
            requireForceForTheLiving(found);
            if (!confirmation.given("Delete it?")) {
                finish("Nothing was deleted.", items(records, ActionResult.KEPT), found);
                return ExitCode.FAILED;
            }
            return delete(stores, id, found);
        }
    }

    private static List<RecordView> views(StoreReplies<Optional<StoredRecord>> found) {
        return found.answers().stream()
                .flatMap(reply -> reply.answer().map(record -> RecordView.of(reply.store(), record)).stream())
                .toList();
    }

    private void requireForceForTheLiving(StoreReplies<Optional<StoredRecord>> found) {
        boolean alive = found.answers().stream()
                .flatMap(reply -> reply.answer().stream())
                .anyMatch(StoredRecord::executing);
        if (alive && !force) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Its owner is alive: the request is running, and a repeat would execute beside it. Wait for it, or"
                            + " add --force.");
        }
    }

    /** Redis last: while it still answers, a route that asks it first cannot execute on what PostgreSQL has forgotten. */
    private Integer delete(Stores stores, RecordId id, StoreReplies<Optional<StoredRecord>> found) {
        List<StoreReplies.Reply<Optional<StoredRecord>>> databaseFirst = new ArrayList<>(found.answers());
        Collections.reverse(databaseFirst);
        StoreReplies<Boolean> done = stores.askAgain(
                new StoreReplies<>(databaseFirst, found.unavailable()), (store, unusedRecord) -> store.delete(id));
        session.warnOfUnavailable(done, found);
        if (!done.unavailable().isEmpty()) {
            session.warn("Give this command again when that store can be asked.");
        }
        List<String> deletedIn = done.answers().stream()
                .filter(StoreReplies.Reply::answer)
                .map(StoreReplies.Reply::store)
                .toList();
        if (!deletedIn.isEmpty()) {
            session.audit(
                    stores,
                    actions -> actions.did(
                            "delete", List.of(id), "stores=" + String.join(",", deletedIn) + " forced=" + force));
        }
        List<Item> items = views(found).stream()
                .map(record ->
                        new Item(deletedIn.contains(record.store()) ? ActionResult.DELETED : ActionResult.KEPT, record))
                .toList();
        return finish(
                deletedIn.isEmpty() ? "It was gone already." : "Deleted in " + String.join(" and ", deletedIn) + ".",
                items,
                done);
    }

    private static List<Item> items(List<RecordView> records, ActionResult fate) {
        return records.stream().map(record -> new Item(fate, record)).toList();
    }

    private Integer finish(String text, List<Item> items, StoreReplies<?> survey) {
        long deleted = items.stream()
                .filter(item -> item.outcome() == ActionResult.DELETED)
                .count();
        session.showAnswers(survey, text, new Result(key, scope.value(), deleted, items, survey.unavailable()));
        return survey.unavailable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
