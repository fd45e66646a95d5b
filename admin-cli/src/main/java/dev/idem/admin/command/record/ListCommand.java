package dev.idem.admin.command.record;

import dev.idem.admin.option.ScopeConverter;
import dev.idem.admin.output.RecordTables;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.FoundRecords;
import dev.idem.core.operations.ListRecords;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
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
            "%nLists the records in each store's own order, one a line; a record that both stores have has two lines. Stores are"
                    + " read in pages and go on serving requests.",
            "%nA record is stale when its owner has been silent for longer than the record's lock timeout: the owner has died,"
                    + " and the next repeat takes over."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin list --stale",
            "  idem-admin list --state completed --scope user:42 --limit 20",
            "  idem-admin -o json list | jq '.records[].key'"
        })
public final class ListCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "Only records in this state: processing or completed.")
    private StoredRecord.@Nullable State state;

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Only records of this scope.")
    private @Nullable Scope scope;

    @Option(names = "--stale", description = "Only stale records.")
    private boolean stale;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most N records of each store. Default: 100.")
    private int limit;

    public ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ListRecords.Query query = query();
        try (Stores stores = session.openStores()) {
            FoundRecords found = new ListRecords(stores.records()).list(query);
            if (found.records().isEmpty()) {
                session.showNothingFound("No record was found.", found, found.unavailable());
            } else {
                session.show(
                        new RecordTables(session.colours())
                                .list(found.records())
                                .toString(),
                        found);
            }
            if (found.more()) {
                session.warn("There are more: raise --limit to see them.");
            }
            session.warnOf(found.unavailable());
            return ExitCode.ofSearch(found.unavailable(), !found.records().isEmpty());
        }
    }

    private ListRecords.Query query() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
        }
        try {
            return new ListRecords.Query(state, scope, stale, limit);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
