package dev.idem.core.operations.event;

import dev.idem.core.event.AuditEventStore;
import dev.idem.core.event.EventFilter;
import dev.idem.core.event.EventView;
import dev.idem.core.event.StoredEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the audit trail. Thread-safe; methods throw {@link dev.idem.core.store.StoreUnavailableException} if PostgreSQL is
 * unavailable.
 */
public final class ReadEvents {
    private final AuditEventStore events;

    public ReadEvents(AuditEventStore events) {
        this.events = events;
    }

    /** @param next the cursor of the page before; null on the last one */
    public record Page(List<EventView> events, @Nullable String next) {}

    /**
     * A page, the newest first.
     *
     * @param before the {@link Page#next()} of an earlier page; null for the first
     */
    public Page page(EventFilter filter, @Nullable Long before, int size) {
        List<StoredEvent> found = events.newest(filter, before, size);
        String next =
                found.size() < size ? null : String.valueOf(found.get(size - 1).id());
        return new Page(found.stream().map(EventView::of).toList(), next);
    }

    /**
     * Passes on all events, the oldest first.
     *
     * @return how many
     */
    public long export(EventFilter filter, Consumer<EventView> consumer) {
        AtomicLong count = new AtomicLong();
        events.forEach(filter, event -> {
            consumer.accept(EventView.of(event));
            count.incrementAndGet();
        });
        return count.get();
    }

    /** Begins to follow the audit trail from now on. */
    public EventTail follow(EventFilter filter, Consumer<EventView> consumer) {
        return new EventTail(events, filter, consumer);
    }
}
