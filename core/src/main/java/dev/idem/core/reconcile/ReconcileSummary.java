package dev.idem.core.reconcile;

import java.util.Map;

/**
 * What a {@link Reconciliation} has found.
 *
 * @param compared how many records were looked at, those of both stores twice
 * @param found how many differences of each kind there were; a kind that did not occur is missing
 * @param repaired how many of them are gone
 * @param settled how many there seemed to be at the first look and not at the second: something was on its way
 */
public record ReconcileSummary(
        long compared, Map<Difference, Long> found, Map<Difference, Long> repaired, long settled) {
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
