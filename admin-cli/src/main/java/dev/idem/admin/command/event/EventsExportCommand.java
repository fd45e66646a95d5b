package dev.idem.admin.command.event;

import dev.idem.admin.output.EventWriter;
import dev.idem.admin.output.ResultStream;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.settings.FileFailure;
import dev.idem.admin.stores.Stores;
import dev.idem.core.event.EventFilter;
import dev.idem.core.operations.event.ReadEvents;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Exports the audit trail. */
@Command(
        name = "export",
        header = "Write events to a file or to the standard output.",
        description = {
            "%nWrites the oldest event first and reads in portions, however many there are. In CSV a text that a spreadsheet"
                    + " would read as a formula begins with an apostrophe."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin events export --from 2026-03-01 --to 2026-04-01 --format csv --out march.csv",
            "  idem-admin events export --type operator_action | jq .actor"
        })
final class EventsExportCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Mixin
    private final EventSelector selected = new EventSelector();

    @Option(
            names = "--from",
            paramLabel = "DAY",
            converter = InstantConverter.class,
            description = "From this day (UTC) or instant on.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            converter = InstantConverter.class,
            description = "To this day or instant, which is not included.")
    private @Nullable Instant to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description = "ndjson (the default) or csv.")
    private EventWriter.Format format = EventWriter.Format.NDJSON;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "The file to write; - is the standard output, the default.")
    private @Nullable Path out;

    EventsExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(spec.commandLine(), "--from must be before --to.");
        }
        EventFilter filter = selected.filter(Optional.ofNullable(from), Optional.ofNullable(to));
        try (Stores stores = session.openStores();
                Writer file = out == null || session.isStandard(out) ? session.results() : writing(out)) {
            long count = stores.withDatabase(
                    database -> export(new ReadEvents(new AuditEventTable(StoreJdbi.on(database))), filter, file));
            file.flush();
            session.warn(count + " events.");
            return count == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
        }
    }

    private Writer writing(Path file) {
        try {
            return new BufferedWriter(new OutputStreamWriter(ResultStream.file(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--out: " + file + " cannot be written: " + FileFailure.why(e) + '.', e);
        }
    }

    private long export(ReadEvents events, EventFilter filter, Writer to) {
        try (EventWriter writer = new EventWriter(format, to)) {
            return events.export(filter, writer::write);
        }
    }
}
