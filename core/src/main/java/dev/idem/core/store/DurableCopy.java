package dev.idem.core.store;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.unreadable.UnreadableRecord;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads the records that a failback copies to the fast store. A record of which only the answer or the fingerprint cannot be
 * read is told, and passed on as one without an answer that could be stored: its key must not be free in the other store. Thread-safe.
 */
public interface DurableCopy extends RecordCopy {
    /** Longer than any record is kept. */
    Duration EVER = Duration.ofDays(10_000);

    @Override
    DurableCopy reporting(Consumer<UnreadableRecord> unreadable);

    /** Passes on all records. A record that is present during the whole scan appears at least once. */
    void forEach(Consumer<List<StoredRecord>> page);

    /**
     * Passes on the records that the durable store decided in the failover intervals after {@code after}, up to
     * {@code upTo}.
     *
     * @return how many there were
     */
    int forEachDecided(long after, long upTo, Consumer<List<StoredRecord>> page);

    /**
     * Passes on the tombstones of records that operators have deleted.
     *
     * @param within only of deletions that are not older than this
     */
    void forEachTombstone(Duration within, Consumer<List<Tombstone>> page);
}
