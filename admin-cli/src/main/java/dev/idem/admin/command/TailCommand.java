package dev.idem.admin.command;

import dev.idem.admin.output.EventView;
import dev.idem.admin.output.EventWriter;
import dev.idem.admin.stores.Stores;
import dev.idem.core.connect.DiscreetJdbi;
import dev.idem.core.event.AuditEvents;
import dev.idem.core.event.StoredEvent;
import java.io.StringWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows events as they come. */
@Command(
        name = "tail",
        header = "Follow the audit trail.",
        description = {"%nShows what happens, a line an event, until it is interrupted. Events appear within a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin tail",
            "  idem-admin tail --since 10m --key 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin -o json tail --type failover"
        })
final class TailCommand implements Callable<Integer> {
    private static final long PAUSE_MS = 400;

    /** Events of different nodes do not come in the order of their times: so far back is looked each time. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    private final Session session;

    @Mixin
    private final SoughtEvents sought = new SoughtEvents();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "Show first what happened in this time, such as 10m.")
    private Duration since = Duration.ZERO;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "End after this time, such as 30s. Default: never.")
    private @Nullable Duration limit;

    private final Map<Long, Instant> shown = new HashMap<>();

    TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        try (Stores stores = session.openStores()) {
            Instant from = stores.withDatabase(database -> new AuditEvents(DiscreetJdbi.on(database)).now())
                    .minus(since);
            while (limit == null || System.nanoTime() - began < limit.toNanos()) {
                Instant first = from;
                Instant now =
                        stores.withDatabase(database -> showNew(new AuditEvents(DiscreetJdbi.on(database)), first));
                Instant next = now.minus(OVERLAP);
                from = next.isAfter(from) ? next : from;
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
            return ExitCode.DONE;
        }
    }

    private Instant showNew(AuditEvents events, Instant from) {
        Instant now = events.now();
        shown.values().removeIf(at -> at.isBefore(from));
        events.forEach(sought.filter(Optional.of(from), Optional.empty()), event -> {
            if (shown.put(event.id(), event.at()) == null) {
                session.line(
                        session.forPrograms()
                                ? json(event)
                                : EventView.of(event).describe());
            }
        });
        return now;
    }

    private static String json(StoredEvent event) {
        StringWriter line = new StringWriter();
        try (EventWriter writer = new EventWriter(EventWriter.Format.NDJSON, line)) {
            writer.write(EventView.of(event));
        }
        return line.toString();
    }
}
