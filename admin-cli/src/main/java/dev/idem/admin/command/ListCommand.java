package dev.idem.admin.command;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.stores.StoreReplies;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.UnavailableStore;
import dev.idem.core.record.RecordView;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordAdministration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows which records there are. */
@Command(
        name = "list",
        header = "List the records of both stores.",
        description = {
            "%nLists records in each store's own order, a line each; a record that is in both stores has two lines."
                    + " Stores are read in pages and go on serving requests meanwhile.",
            "%nA record is stale when its owner has been silent for longer than its lock timeout: the owner has died,"
                    + " and the next repeat takes over."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin list --stale",
            "  idem-admin list --state completed --scope user:42 --limit 20",
            "  idem-admin -o json list | jq '.records[].key'"
        })
final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--state", paramLabel = "STATE", description = "Only these: processing or completed.")
    private StoredRecord.@Nullable State state;

    @Option(names = "--scope", paramLabel = "S", converter = ScopeConverter.class, description = "Only this scope's.")
    private @Nullable Scope scope;

    @Option(names = "--stale", description = "Only those whose owner has died.")
    private boolean stale;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most so many from each store. Default: 100.")
    private int limit;

    ListCommand(Session session) {
        this.session = session;
    }

    /**
     * The JSON output.
     *
     * @param more whether the limit kept some from being shown
     */
    record Result(List<RecordView> records, boolean more, List<UnavailableStore> unavailable) {}

    @Override
    public Integer call() {
        requireSense();
        try (Stores stores = session.openStores()) {
            StoreReplies<RecordScan> survey =
                    stores.ask(store -> RecordScan.through(store, filter(), record -> !stale || record.stale(), limit));
            List<RecordView> records = survey.answers().stream()
                    .flatMap(reply ->
                            reply.answer().records().stream().map(record -> RecordView.of(reply.store(), record)))
                    .toList();
            boolean more =
                    survey.answers().stream().anyMatch(reply -> reply.answer().more());
            session.showAnswers(survey, text(records), new Result(records, more, survey.unavailable()));
            if (more) {
                session.warn("There are more: raise --limit to see them.");
            }
            session.warnOfUnavailable(survey);
            return ExitCode.ofSearch(survey, !records.isEmpty());
        }
    }

    private void requireSense() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
        }
        if (stale && state == StoredRecord.State.COMPLETED) {
            throw new ParameterException(spec.commandLine(), "A completed record is never stale: drop one of the two.");
        }
    }

    private RecordAdministration.Filter filter() {
        return new RecordAdministration.Filter(
                stale ? StoredRecord.State.PROCESSING : state, scope, null, RecordScan.PAGE_SIZE);
    }

    private String text(List<RecordView> records) {
        return records.isEmpty()
                ? "No record was found."
                : new RecordTables(session.colours()).list(records).toString();
    }
}
