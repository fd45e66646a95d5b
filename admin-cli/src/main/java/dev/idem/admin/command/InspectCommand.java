package dev.idem.admin.command;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toList;

import dev.idem.admin.output.RecordTables;
import dev.idem.admin.output.RecordView;
import dev.idem.admin.output.Table;
import dev.idem.admin.stores.Stores;
import dev.idem.admin.stores.Survey;
import dev.idem.admin.stores.Unavailable;
import dev.idem.core.record.StoredRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Shows what the stores hold under one key. */
@Command(
        name = "inspect",
        header = "Show everything about one key.",
        description = {
            "%nShows the record of a key in Redis and in PostgreSQL side by side: who owns it, since when, whether the"
                    + " owner is alive, and what repeats are answered with. Headers and bodies of answers are the"
                    + " users' data and never shown, only their sizes.",
            "%nWithout --scope the key is looked for in every scope, which walks through all of Redis. If one store"
                    + " cannot be asked, the other is shown, and the reason goes to the standard error."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin inspect 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin inspect order-4711 --scope user:42 -o json"
        })
final class InspectCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private final SoughtKey sought = new SoughtKey();

    InspectCommand(Session session) {
        this.session = session;
    }

    /** The JSON output. */
    record Result(String key, List<RecordView> records, List<Unavailable> unavailable) {}

    @Override
    public Integer call() {
        try (Stores stores = session.openStores()) {
            Survey<List<StoredRecord>> survey = sought.find(stores);
            List<RecordView> records = survey.answers().stream()
                    .flatMap(reply -> reply.answer().stream().map(record -> RecordView.of(reply.store(), record)))
                    .toList();
            session.showAnswers(survey, text(records), new Result(sought.key(), records, survey.unavailable()));
            session.warnOfUnavailable(survey);
            return ExitCode.ofSearch(survey, !records.isEmpty());
        }
    }

    private String text(List<RecordView> records) {
        if (records.isEmpty()) {
            return "No record of this key was found.";
        }
        RecordTables tables = new RecordTables(session.colours());
        return records.stream().collect(groupingBy(RecordView::scope, LinkedHashMap::new, toList())).values().stream()
                .map(tables::sideBySide)
                .map(Table::toString)
                .collect(joining(System.lineSeparator()));
    }
}
