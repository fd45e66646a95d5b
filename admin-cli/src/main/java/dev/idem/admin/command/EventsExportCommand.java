package dev.idem.admin.command;

import dev.idem.admin.output.EventWriter;
import dev.idem.admin.stores.Stores;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.EventView;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Writes the audit trail down for others. */
@Command(
        name = "export",
        header = "Write events to a file or to the standard output.",
        description = {
            "%nThe oldest first, read in portions, however many there are. In CSV a text that a spreadsheet would take for"
                    + " a formula begins with an apostrophe."
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
    private final EventSelector sought = new EventSelector();

    @Option(
            names = "--from",
            paramLabel = "DAY",
            converter = InstantConverter.class,
            description = "From this day (UTC) or moment on.")
    private @Nullable Instant from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            converter = InstantConverter.class,
            description = "To this day or moment, which is not included.")
    private @Nullable Instant to;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description = "ndjson (the default) or csv.")
    private EventWriter.Format format = EventWriter.Format.NDJSON;

    @Option(names = "--out", paramLabel = "FILE", description = "Where to. Default: the standard output.")
    private @Nullable Path out;

    EventsExportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws IOException {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new ParameterException(spec.commandLine(), "--from must be before --to.");
        }
        EventFilter filter = sought.filter(Optional.ofNullable(from), Optional.ofNullable(to));
        try (Stores stores = session.openStores();
                Writer file = out == null ? session.results() : writing(out)) {
            long count = stores.withDatabase(
                    database -> export(new AuditEventTable(RedactingJdbi.on(database)), filter, file));
            file.flush();
            session.warn(count + " events.");
            return count == 0 ? ExitCode.NOTHING_FOUND : ExitCode.DONE;
        }
    }

    private Writer writing(Path file) {
        try {
            return Files.newBufferedWriter(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--out: " + file + " cannot be written: " + e, e);
        }
    }

    private long export(AuditEventStore events, EventFilter filter, Writer to) {
        AtomicLong count = new AtomicLong();
        try (EventWriter writer = new EventWriter(format, to)) {
            events.forEach(filter, event -> {
                writer.write(EventView.of(event));
                count.incrementAndGet();
            });
        }
        return count.get();
    }
}
