package dev.idem.admin.command.record;

import static java.util.stream.Collectors.joining;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.operations.InspectRecords;
import dev.idem.core.operations.InspectRecords.Inspection;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the stores hold under one key. */
@Command(
        name = "inspect",
        header = "Show everything about one key.",
        description = {
            "%nShows the record of a key in Redis and PostgreSQL side by side: its owner, whether the owner is alive, whether"
                    + " both stores agree, and what the next repeat gets. Headers and bodies of answers are users' data:"
                    + " only their sizes are shown.",
            "%nWithout a key, it shows the records of one caller, the newest first; with --path only those of requests to that"
                    + " path or to one of its parents.",
            "%nWithout --scope the key is looked up in every scope that PostgreSQL knows it in. PostgreSQL follows Redis within"
                    + " milliseconds. If it is unavailable or knows none, the names in Redis are searched, up to 50,000;"
                    + " more with --scan. If one store is unavailable, the other is shown and the reason goes to the"
                    + " standard error.",
            "%nOf a caller with more than 5,000 records, those are looked at that are among the 50,000 of all callers that"
                    + " expire last. With one time to live for all routes these are the newest. --scan looks at all."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin inspect 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin inspect order-4711 --scope user:42 -o json",
            "  idem-admin inspect --scope user:42 --path /api/v1/shares"
        })
public final class InspectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final RecordSelector selected = new RecordSelector();

    public InspectCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            Inspection found = selected.inspect(new InspectRecords(stores.records()));
            if (found.records().isEmpty()) {
                session.showNothingFound(
                        nothing(found),
                        found,
                        found.unavailable().isEmpty() && found.unreadable().none());
            } else {
                session.show(text(found), found);
            }
            session.warnOf(found.unavailable());
            session.warnOf(found.unreadable());
            if (found.cut()) {
                session.warn(whatIsMissing(found));
            }
            return ExitCode.unless(
                    found.unreadable(),
                    ExitCode.ofSearch(found.unavailable(), !found.records().isEmpty(), found.cut()));
        }
    }

    private static String whatIsMissing(Inspection found) {
        if (found.records().isEmpty()) {
            return "There may be one nevertheless: the stores have too many records for a quick search. Add --scan"
                    + (found.key() == null ? "." : ", or --scope if you know whose key it is.");
        }
        return found.key() == null
                ? "This caller has too many records for a quick search: --scan looks at all of them."
                : "More than " + InspectRecords.MOST_SCOPES + " scopes have this key: name one with --scope.";
    }

    private static String nothing(Inspection found) {
        if (found.cut()) {
            return "Not found in what was searched.";
        }
        return found.key() == null ? "No record was found." : "No record of this key was found.";
    }

    private String text(Inspection found) {
        RecordTables tables = new RecordTables(session.colours());
        return found.verdicts().stream()
                .map(verdict -> tables.sideBySide(found.records().stream()
                                .filter(record -> record.scope().equals(verdict.scope())
                                        && record.key().equals(verdict.key()))
                                .toList())
                        + VerdictText.of(verdict))
                .collect(joining(System.lineSeparator()));
    }
}
