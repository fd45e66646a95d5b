package dev.idem.service.admin.stats;

import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.http.decision.Outcome;
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
 * The counters of one node since its start, and what the stores have.
 *
 * @param node the process, as records name their owners' nodes
 * @param since when it was started
 * @param outcomes requests by what was done with them, each outcome there is
 * @param layers requests by what they were recognised by
 * @param hitRatio which part of the requests that were compared was a duplicate that did not take effect: 0 to 1
 * @param inFlight requests that execute under a lease at this moment
 * @param recent the last seconds
 * @param records of each store, as it was counted in the last half minute or before
 */
record NodeStatistics(
        String node,
        Instant at,
        Instant since,
        SortedMap<String, Long> outcomes,
        SortedMap<String, Long> layers,
        long duplicatesPrevented,
        double hitRatio,
        long staleLocksRecovered,
        long fenced,
        int inFlight,
        RecentRates.Pace recent,
        List<RecordCounts> records) {

    static NodeStatistics of(
            NodeMetrics metrics, IdempotencyEngine engine, RecentRates recently, CachedRecordStatistics census) {
        SortedMap<String, Long> outcomes = new TreeMap<>();
        Arrays.stream(Outcome.values()).forEach(outcome -> outcomes.put(outcome.label(), 0L));
        outcomes.putAll(metrics.requestsBy("outcome"));
        long prevented = Arrays.stream(Outcome.values())
                .filter(Outcome::preventedDuplicate)
                .mapToLong(outcome -> count(outcomes, outcome))
                .sum();
        long compared = prevented + count(outcomes, Outcome.EXECUTED);
        return new NodeStatistics(
                ManagementFactory.getRuntimeMXBean().getName(),
                Instant.now(),
                Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
                outcomes,
                metrics.requestsBy("layer"),
                prevented,
                compared == 0 ? 0 : (double) prevented / compared,
                metrics.total("idempotency_stale_locks_recovered"),
                metrics.total("idempotency_fenced"),
                engine.inFlight(),
                recently.pace(),
                census.latest());
    }

    private static long count(Map<String, Long> outcomes, Outcome outcome) {
        return outcomes.getOrDefault(outcome.label(), 0L);
    }
}
