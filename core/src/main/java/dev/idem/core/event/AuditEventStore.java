package dev.idem.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The store of audit events. Thread-safe; methods throw {@link dev.idem.core.store.StoreUnavailableException} when the
 * store is unavailable. All times are by its clock.
 */
public interface AuditEventStore {

    /** An event, and how long ago it happened. */
    record Aged(AuditEvent event, Duration age) {}

    /** Writes events that happen now. */
    default void write(AuditEvent event) {
        write(List.of(new Aged(event, Duration.ZERO)));
    }

    void write(List<Aged> events);

    /**
     * A page, the newest first.
     *
     * @param before the id of the last page's last event; null for the first page
     */
    List<StoredEvent> newest(EventFilter filter, @Nullable Long before, int limit);

    /** Passes on all matching events, the oldest first, and keeps few of them in memory. */
    void forEach(EventFilter filter, Consumer<StoredEvent> consumer);

    /**
     * The events written after another event, in the order of writing. Events of other nodes may still appear later,
     * with ids only a little lower than the last.
     */
    List<StoredEvent> after(EventFilter filter, long id, int limit);

    /** The id of the last written event; 0 if there is none. */
    default long last() {
        return newest(EventFilter.ALL, null, 1).stream()
                .mapToLong(StoredEvent::id)
                .findFirst()
                .orElse(0);
    }

    /** The present time on the clock of the events. */
    Instant now();

    /**
     * Creates the partitions of today and of the next days, and drops those past their retention. Does nothing while
     * another node does this.
     *
     * @return how many were created and dropped
     */
    int keepPartitions(int daysAhead, Duration kept);
}
