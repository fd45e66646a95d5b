package dev.idem.core.operations.event;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.EventView;
import dev.idem.core.event.StoredEvent;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Follows the audit trail. Events appear about a second after they happened. For one thread. */
public final class EventTail {
    /** Nodes write concurrently, so a lower id may appear after a higher one: this many ids are read again. */
    private static final long OVERLAP = 5_000;

    private static final int AT_ONCE = 20_000;

    private final AuditEventStore events;
    private final EventFilter filter;
    private final Consumer<EventView> consumer;
    private final Set<Long> shown = new HashSet<>();
    private long last;

    EventTail(AuditEventStore events, EventFilter filter, Consumer<EventView> consumer) {
        this.events = events;
        this.filter = filter;
        this.consumer = consumer;
    }

    /** Passes on the events of this period until now, the oldest first. Call it once. */
    public void begin(Duration since) {
        long known = events.last();
        last = known;
        if (!since.isZero()) {
            events.forEach(filter.since(events.now().minus(since)), this::show);
        }
        events.after(EventFilter.ALL, known - OVERLAP, AT_ONCE).stream()
                .map(StoredEvent::id)
                .filter(id -> id <= known)
                .forEach(shown::add);
    }

    /** Passes on the new events. */
    public void showNew() {
        events.after(filter, last - OVERLAP, AT_ONCE).forEach(this::show);
        shown.removeIf(id -> id < last - 2 * OVERLAP);
    }

    private void show(StoredEvent event) {
        last = Math.max(last, event.id());
        if (shown.add(event.id())) {
            consumer.accept(EventView.of(event));
        }
    }
}
