package dev.idem.admin.command;

import static java.util.stream.Collectors.toSet;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.RecordedResponse;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says what became of a request of which nobody knew it. */
@Command(
        name = "resolve",
        header = "Say what became of a request whose outcome is unknown.",
        description = {
            "%nA request that the gateway handed on, and of which no answer came back, may have taken effect or not; with"
                    + " onUnknown: hold its repeats are refused until somebody knows. Look at the system behind the gateway,"
                    + " and say it here: repeats are then given the answer, or the next one executes.",
            "%nOnly a record whose outcome is still unknown is changed, in both stores. Is one of them away, the other"
                    + " is told, the exit code is 1, and the command is to be given again."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin resolve order-4711 --release",
            "  idem-admin resolve order-4711 --completed-with 201 --header 'Location: /orders/7' --body-file order.json"
        })
final class ResolveCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final KeySelector sought = new KeySelector();

    @ArgGroup(exclusive = true, multiplicity = "1")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Outcome outcome;

    @Mixin
    private final Confirmation confirmation;

    @Option(names = "--dry-run", description = "Show what would be resolved, and change nothing.")
    private boolean dryRun;

    ResolveCommand(Session session) {
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
        Optional<RecordedResponse> read(CommandSpec spec) {
            return release ? Optional.empty() : Optional.of(answer.read(spec));
        }
    }

    /** The JSON output. */
    record Result(String key, boolean dryRun, long resolved, List<Item> records, List<UnavailableStore> unavailable) {}

    /** What became of one record. */
    record Item(ActionResult outcome, RecordView record) {}

    @Override
    public Integer call() {
        Optional<RecordedResponse> answer = outcome.read(spec);
        try (Stores stores = session.openStores()) {
            StoreReplies<List<StoredRecord>> found = sought.find(stores);
            session.warnOfUnavailable(found);
            List<Item> items = items(found);
            if (items.isEmpty()) {
                finish("No record of this key has an unknown outcome.", items, found);
                return ExitCode.ofSearch(found, false);
            }
            requireOneScope(found);
            session.say(new RecordTables(session.colours())
                    .sideBySide(items.stream().map(Item::record).toList())
                    .toString());
            if (dryRun) {
                return finish("Would resolve: " + items.size() + ".", items, found);
            }
            if (!confirmation.given(outcome.release ? "Release it?" : "Answer repeats with it?")) {
                finish("Nothing was changed.", items, found);
                return ExitCode.FAILED;
            }
            return resolve(stores, found, answer);
        }
    }

    private static List<Item> items(StoreReplies<List<StoredRecord>> found) {
        return found.answers().stream()
                .flatMap(reply -> reply.answer().stream()
                        .filter(StoredRecord::outcomeUnknown)
                        .map(record -> new Item(ActionResult.KEPT, RecordView.of(reply.store(), record))))
                .toList();
    }

    private void requireOneScope(StoreReplies<List<StoredRecord>> found) {
        Set<Scope> scopes = found.answers().stream()
                .flatMap(reply -> reply.answer().stream())
                .filter(StoredRecord::outcomeUnknown)
                .map(record -> record.id().scope())
                .collect(toSet());
        if (scopes.size() > 1) {
            throw new ParameterException(
                    spec.commandLine(), scopes.size() + " scopes have this key: name one with --scope.");
        }
    }

    private Integer resolve(Stores stores, StoreReplies<List<StoredRecord>> found, Optional<RecordedResponse> answer) {
        StoreReplies<List<Item>> done = stores.askAgain(found, (store, records) -> records.stream()
                .filter(StoredRecord::outcomeUnknown)
                .map(record -> new Item(
                        resolve(store, record, answer) ? ActionResult.RESOLVED : ActionResult.CHANGED,
                        RecordView.of(store.name(), record)))
                .toList());
        session.warnOfUnavailable(done, found);
        List<Item> items = done.answers().stream()
                .flatMap(reply -> reply.answer().stream())
                .toList();
        session.audit(
                stores,
                actions -> actions.did(
                        "resolve",
                        items.stream()
                                .filter(item -> item.outcome() == ActionResult.RESOLVED)
                                .map(item -> item.record().id())
                                .collect(toSet()),
                        answer.map(known -> "completed-with=" + known.status()).orElse("released")));
        if (!done.unavailable().isEmpty()) {
            session.warn("Give this command again when that store can be asked.");
        }
        long changed = items.stream()
                .filter(item -> item.outcome() == ActionResult.CHANGED)
                .count();
        String kept = changed == 0 ? "" : " Changed in the meantime, and therefore kept: " + changed + ".";
        return finish("Resolved: " + resolved(items) + "." + kept, items, done);
    }

    private static boolean resolve(RecordAdministration store, StoredRecord record, Optional<RecordedResponse> answer) {
        return answer.map(known -> store.resolve(record, known)).orElseGet(() -> store.release(record));
    }

    private Integer finish(String text, List<Item> items, StoreReplies<?> survey) {
        session.showAnswers(
                survey, text, new Result(sought.key(), dryRun, resolved(items), items, survey.unavailable()));
        return survey.unavailable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static long resolved(List<Item> items) {
        return items.stream()
                .filter(item -> item.outcome() == ActionResult.RESOLVED)
                .count();
    }
}
