package dev.idem.service.admin.node;

import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The counters at one instant.
 *
 * @param nanos by {@link System#nanoTime()}
 * @param outcomes requests since the start, by outcome
 * @param claims how long claims took since the start, by store
 */
record MetricsSample(long nanos, SortedMap<String, Long> outcomes, SortedMap<String, HistogramBuckets> claims) {

    static MetricsSample of(NodeMetrics metrics) {
        SortedMap<String, HistogramBuckets> claims = new TreeMap<>();
        for (HistogramDataPointSnapshot point : metrics.claims()) {
            claims.put(String.valueOf(point.getLabels().get("store")), HistogramBuckets.of(point.getClassicBuckets()));
        }
        return new MetricsSample(System.nanoTime(), metrics.requestsBy("outcome"), claims);
    }
}
