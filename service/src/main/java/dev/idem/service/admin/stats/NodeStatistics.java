package dev.idem.service.admin.stats;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.operations.upkeep.CountRecords.StoreCount;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.service.admin.node.NodeMetrics;
import dev.idem.service.admin.node.RecentRates;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counters of one node since its start, and the statistics of the stores.
 *
 * @param node the process's name, as in records
 * @param since when the process started
 * @param outcomes requests by outcome
 * @param layers requests by how they were recognised: {@code key} or {@code fingerprint}
 * @param hitRatio the share of compared requests that were duplicates and did not take effect: 0 to 1
 * @param inFlight requests that execute under a lease now
 * @param recent the rates of the last seconds
 * @param stores each store's statistics, counted in the last half minute or before; {@code counted_at} says when
 * @param counting the stores whose first count is still running
 * @param unavailable the stores whose count is missing, or could not be renewed, and why
 */
record NodeStatistics(
        String node,
        String at,
        String since,
        SortedMap<String, Long> outcomes,
        SortedMap<String, Long> layers,
        long duplicatesPrevented,
        double hitRatio,
        long staleLocksRecovered,
        long fenced,
        int inFlight,
        RecentRates.Pace recent,
        List<StoreCount> stores,
        List<String> counting,
        List<UnavailableStore> unavailable) {

    /** Whether the count of a store is missing, or is an old one. */
    @JsonProperty
    public boolean partial() {
        return !unavailable.isEmpty();
    }

    static NodeStatistics of(
            NodeMetrics metrics, IdempotencyEngine engine, RecentRates recently, CachedRecordStatistics census) {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        Arrays.stream(Outcome.values()).forEach(outcome -> outcomes.put(outcome.label(), 0L));
        outcomes.putAll(metrics.requestsBy("outcome"));
        long prevented = Arrays.stream(Outcome.values())
                .filter(Outcome::preventedDuplicate)
                .mapToLong(outcome -> count(outcomes, outcome))
                .sum();
        CachedRecordStatistics.Latest latest = census.latest();
        long compared = prevented + count(outcomes, Outcome.EXECUTED);
        return new NodeStatistics(
                ManagementFactory.getRuntimeMXBean().getName(),
                Instant.now().toString(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime())
                        .toString(),
                outcomes,
                metrics.requestsBy("layer"),
                prevented,
                compared == 0 ? 0 : (double) prevented / compared,
                metrics.total("idempotency_stale_locks_recovered"),
                metrics.total("idempotency_fenced"),
                engine.inFlight(),
                recently.pace(),
                latest.stores(),
                latest.counting(),
                latest.unavailable());
    }

    private static long count(Map<String, Long> outcomes, Outcome outcome) {
        return outcomes.getOrDefault(outcome.label(), 0L);
    }
}
