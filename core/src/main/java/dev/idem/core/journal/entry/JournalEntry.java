package dev.idem.core.journal.entry;

import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * What PostgreSQL must learn about one record: first which leases were abandoned, then the record's state. Immutable.
 *
 * @param freed the abandoned leases; PostgreSQL removes each of them that it has
 * @param held the record's state after that; empty if this node knows no owner
 */
public record JournalEntry(RecordId id, Set<Freed> freed, Optional<RecordSnapshot> held) {
    private static final long FREED_BYTES = 96;

    /**
     * An abandoned lease.
     *
     * @param tookOver whether it was taken over from a stale owner. Then that owner's row is removed too, because the
     *     claim that would have replaced it may never be written
     */
    public record Freed(UUID owner, long fencing, boolean tookOver) {}

    public JournalEntry {
        freed = Set.copyOf(freed);
    }

    public static JournalEntry claimed(Lease lease) {
        return holding(lease.id(), RecordSnapshot.processing(lease, false));
    }

    public static JournalEntry renewed(Lease lease) {
        return holding(lease.id(), RecordSnapshot.processing(lease, true));
    }

    /** Carries the complete record: its claim need not have been written. */
    public static JournalEntry completed(Lease lease, Answer answer) {
        return holding(lease.id(), RecordSnapshot.completed(lease, answer));
    }

    public static JournalEntry abandoned(Lease lease) {
        Freed freed = new Freed(lease.owner(), lease.fencing(), lease.takenOver());
        return new JournalEntry(lease.id(), Set.of(freed), Optional.empty());
    }

    /** A record as just read from another store. */
    public static JournalEntry of(StoredRecord seen) {
        return holding(seen.id(), RecordSnapshot.of(seen));
    }

    private static JournalEntry holding(RecordId id, RecordSnapshot held) {
        return new JournalEntry(id, Set.of(), Optional.of(held));
    }

    /**
     * Merges both into one entry with the same effect on a row as both in turn. Threads may report in another order
     * than Redis decided in, so the later entry does not simply win. An owner that abandoned a record never holds it
     * again, and an answer stays. Of two owners, the one with the higher fencing number wins.
     *
     * @param later an entry of the same record
     */
    public JournalEntry then(JournalEntry later) {
        Optional<RecordSnapshot> mine = held.filter(state -> !later.frees(state));
        Optional<RecordSnapshot> theirs = later.held.filter(state -> !frees(state));
        Optional<RecordSnapshot> both =
                mine.map(state -> theirs.map(state::then).orElse(state)).or(() -> theirs);
        return new JournalEntry(id, union(freed, later.freed), both);
    }

    private boolean frees(RecordSnapshot state) {
        if (!state.completed()) {
            for (Freed lease : freed) {
                if (lease.owner().equals(state.owner())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Set<Freed> union(Set<Freed> one, Set<Freed> other) {
        if (other.isEmpty()) {
            return one;
        }
        Set<Freed> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    /** About how much memory it takes. */
    public long bytes() {
        return freed.size() * FREED_BYTES + held.map(RecordSnapshot::bytes).orElse(0L);
    }
}
