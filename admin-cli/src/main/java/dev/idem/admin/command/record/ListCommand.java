package dev.idem.admin.command.record;

import dev.idem.admin.option.ScopeConverter;
import dev.idem.admin.output.RecordColumns;
import dev.idem.admin.output.RecordOutput;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.ListRecords;
import dev.idem.core.record.Scope;
import dev.idem.core.record.view.RecordState;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
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
                    + " read in pages and go on serving requests. Answers are not read: the list shows how many bytes"
                    + " the store keeps of each.",
            "%nA record is stale when its owner has been silent for longer than the record's lock timeout: the owner has died,"
                    + " and the next repeat takes over.",
            "%nProcessing, stale and held records, and those of one scope, are found in PostgreSQL and looked up in Redis."
                    + " PostgreSQL follows Redis within"
                    + " milliseconds, and within seconds after a node has died. While PostgreSQL is unavailable, all of"
                    + " Redis is read."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin list --stale",
            "  idem-admin list --state held --wide",
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
            description =
                    "Only records in this state: processing, completed, or held, of which nobody knows whether they"
                            + " took effect.")
    private @Nullable RecordState state;

    @Option(
            names = "--scope",
            paramLabel = "S",
            converter = ScopeConverter.class,
            description = "Only records of this scope.")
    private @Nullable Scope scope;

    @Option(
            names = "--scope-hash",
            paramLabel = "H",
            description =
                    "Only records of the scope that has this hash in the log. Reads the names of all records until it is"
                            + " found.")
    private @Nullable String scopeHash;

    @Option(names = "--stale", description = "Only stale records.")
    private boolean stale;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "At most N records of each store. Default: 100.")
    private int limit;

    @Option(
            names = "--scan",
            description =
                    "With --stale, --scope, --state processing or --state held: also read all of Redis, for records that"
                            + " PostgreSQL has not received.")
    private boolean scan;

    @Option(
            names = "--wide",
            description =
                    "Show whole scopes and keys, nodes, routes and more of the answers. The list is wider than 100"
                            + " characters then.")
    private boolean wide;

    public ListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ListRecords.Query query = query();
        try (Stores stores = session.openStores()) {
            RecordOutput output = session.recordOutput(wide ? RecordColumns.wide() : RecordColumns.narrow());
            AtomicBoolean any = new AtomicBoolean();
            ListRecords.End end = new ListRecords(stores.records()).list(query, record -> {
                any.set(true);
                output.accept(record);
            });
            output.end(end);
            if (end.more()) {
                session.warn("There are more: raise --limit to see them.");
            }
            session.warnOf(end.unavailable());
            session.warnOf(end.unreadable());
            return ExitCode.unless(end.unreadable(), ExitCode.ofSearch(end.unavailable(), any.get()));
        }
    }

    private ListRecords.Query query() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit is at least 1.");
        }
        try {
            return new ListRecords.Query(
                    state, scope, scopeHash == null ? null : scopeHash.toLowerCase(Locale.ROOT), stale, limit, scan);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }
}
