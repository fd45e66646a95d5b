package dev.idem.core.event;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where audit events are kept. Thread-safe; methods throw {@link dev.idem.core.store.StoreUnavailableException} when the
 * store is unavailable. All times are by its clock.
 */
public interface AuditEventStore {

    /** An event, and how long ago it happened. */
    record Aged(AuditEvent event, Duration age) {}

    /** Writes what happens now. */
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

    /** Hands over all that match, the oldest first, and keeps few of them in memory. */
    void forEach(EventFilter filter, Consumer<StoredEvent> consumer);

    /**
     * Those that were written after another, in the order in which they were written; ones of other nodes may still come in
     * between, with ids only a little lower than the last.
     */
    List<StoredEvent> after(EventFilter filter, long id, int limit);

    /** The id of what was written last; 0 if nothing was. */
    default long last() {
        return newest(EventFilter.ALL, null, 1).stream()
                .mapToLong(StoredEvent::id)
                .findFirst()
                .orElse(0);
    }

    /** The moment on the clock that events are on. */
    Instant now();

    /**
     * Makes the partitions of today and of days to come, and drops those that are older than is kept; does nothing while
     * another node does.
     *
     * @return how many were made and dropped
     */
    int keepPartitions(int daysAhead, Duration kept);
}
