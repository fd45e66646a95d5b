package dev.idem.admin.command.event;

import dev.idem.admin.option.DurationConverter;
import dev.idem.admin.output.EventLine;
import dev.idem.admin.output.Json;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Session;
import dev.idem.admin.stores.Stores;
import dev.idem.core.event.EventView;
import dev.idem.core.operations.event.EventTail;
import dev.idem.core.operations.event.ReadEvents;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.event.AuditEventTable;
import java.time.Duration;
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
        description = {
            "%nShows events as they happen, one a line, until it is interrupted. Events appear within a second."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  idem-admin tail",
            "  idem-admin tail --since 10m --key 8e03978e-40d5-43e8-bc93-6894a57f9324",
            "  idem-admin -o json tail --type failover"
        })
public final class TailCommand implements Callable<Integer> {
    private static final long PAUSE_MS = 400;

    private final Session session;

    @Mixin
    private final EventSelector selected = new EventSelector();

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "0s",
            converter = DurationConverter.class,
            description = "Begin with the events of this time, such as 10m.")
    private Duration since = Duration.ZERO;

    @Option(
            names = "--for",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Stop after this time, such as 30s. Default: never.")
    private @Nullable Duration limit;

    private final Json json = new Json();

    public TailCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws InterruptedException {
        long began = System.nanoTime();
        try (Stores stores = session.openStores()) {
            EventTail tail = stores.withDatabase(database -> {
                EventTail following = new ReadEvents(new AuditEventTable(StoreJdbi.on(database)))
                        .follow(selected.filter(Optional.empty(), Optional.empty()), this::show);
                following.begin(since);
                return following;
            });
            while (limit == null || System.nanoTime() - began < limit.toNanos()) {
                EventTail unused = stores.withDatabase(database -> {
                    tail.showNew();
                    return tail;
                });
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
            return ExitCode.DONE;
        }
    }

    private void show(EventView event) {
        session.line(session.forPrograms() ? json.line(event) : EventLine.of(event));
    }
}
