package dev.idem.admin.command;

import dev.idem.admin.output.EventLine;
import dev.idem.admin.output.Json;
import dev.idem.admin.stores.Stores;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.EventView;
import dev.idem.core.event.StoredEvent;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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

    /** Nodes write at the same time, so that a lower id may come after a higher one: so many ids are looked at again. */
    private static final long OVERLAP = 5_000;

    private static final int AT_ONCE = 20_000;

    private final Session session;

    @Mixin
    private final EventSelector sought = new EventSelector();

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

    private final Json json = new Json();
    private final Set<Long> shown = new HashSet<>();
    private long last;

    TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        try (Stores stores = session.openStores()) {
            long unusedBegin = stores.withDatabase(database -> begin(new AuditEventTable(RedactingJdbi.on(database))));
            while (limit == null || System.nanoTime() - began < limit.toNanos()) {
                long unusedLast =
                        stores.withDatabase(database -> showNew(new AuditEventTable(RedactingJdbi.on(database))));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
            return ExitCode.DONE;
        }
    }

    private long begin(AuditEventStore events) {
        long known = events.last();
        last = known;
        if (!since.isZero()) {
            Instant from = events.now().minus(since);
            events.forEach(sought.filter(Optional.of(from), Optional.empty()), this::show);
        }
        events.after(EventFilter.ALL, known - OVERLAP, AT_ONCE).stream()
                .map(StoredEvent::id)
                .filter(id -> id <= known)
                .forEach(shown::add);
        return last;
    }

    private long showNew(AuditEventStore events) {
        List<StoredEvent> fresh =
                events.after(sought.filter(Optional.empty(), Optional.empty()), last - OVERLAP, AT_ONCE);
        fresh.forEach(this::show);
        shown.removeIf(id -> id < last - 2 * OVERLAP);
        return last;
    }

    private void show(StoredEvent event) {
        last = Math.max(last, event.id());
        if (shown.add(event.id())) {
            EventView view = EventView.of(event);
            session.line(session.forPrograms() ? json.line(view) : EventLine.of(view));
        }
    }
}
