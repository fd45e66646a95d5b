package dev.idem.core.store;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord.State;
import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What a store keeps of a key whose record an operator has deleted. Copies of the deleted answer may exist: in an old file of
 * the fast store, on a replica, in a journal, in a page that a refill has just read. The tombstone keeps them out. The answer of
 * a later execution is not affected. Immutable.
 *
 * @param owners whose answers were deleted. Answers that are older than the deletion are deleted too
 * @param deleted when the record was deleted; never later than it was, by this process's clock
 * @param life how long such a copy may still exist
 */
public record Tombstone(RecordId id, Set<UUID> owners, MonotonicInstant deleted, Duration life) {
    /** The two stores do not let a record expire at the same moment. */
    private static final Duration MARGIN = Duration.ofMinutes(1);

    public Tombstone {
        owners = Set.copyOf(owners);
    }

    /**
     * For a record that is to be deleted now.
     *
     * @param copies as the stores have it. The lease of a running request gets no tombstone: its answer will be a new one
     */
    public static Tombstone of(RecordId id, Collection<? extends SeenRecord> copies) {
        Set<UUID> answered = copies.stream()
                .filter(copy -> copy.state() == State.COMPLETED)
                .map(SeenRecord::owner)
                .collect(Collectors.toSet());
        Duration longest = copies.stream()
                .map(copy -> Duration.between(copy.readAt(), copy.expiresAt()))
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return new Tombstone(id, answered, MonotonicInstant.now(), longest.plus(MARGIN));
    }
}
