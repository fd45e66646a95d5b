package dev.idem.core.reconcile;

import dev.idem.core.store.unreadable.UnreadableRecords;
import java.util.Map;

/**
 * The result of a {@link Reconciliation}.
 *
 * @param compared how many records were compared; a record in both stores counts twice
 * @param found how many differences of each kind there were; a kind that did not occur is missing
 * @param repaired how many of them were repaired
 * @param settled how many appeared at the first comparison and not at the second, because a write was still on its way
 * @param unreadable what was not compared because it is no record
 */
public record ReconcileSummary(
        long compared,
        Map<Difference, Long> found,
        Map<Difference, Long> repaired,
        long settled,
        UnreadableRecords.Summary unreadable) {
    public ReconcileSummary {
        found = Map.copyOf(found);
        repaired = Map.copyOf(repaired);
    }

    /** How many differences are left. */
    public long left() {
        return sum(found) - sum(repaired);
    }

    private static long sum(Map<Difference, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
