package dev.idem.service.admin.node;

import dev.idem.core.background.PeriodicTask;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** The rates of the counters over the last ten to fifteen seconds, from a sample every five. Thread-safe. */
public final class RecentRates implements Managed {
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final int SAMPLES = 3;
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    private final NodeMetrics metrics;
    private final ScheduledExecutorService executor;
    private final Deque<MetricsSample> samples = new ArrayDeque<>();

    /** @param executor shut down by the caller */
    public RecentRates(NodeMetrics metrics, ScheduledExecutorService executor) {
        this.metrics = metrics;
        this.executor = executor;
    }

    /**
     * The rates of the last seconds.
     *
     * @param seconds the length of the period
     * @param perSecond requests per second, by outcome
     * @param claims how long claims took, by store; without stores that had no claims
     */
    public record Pace(double seconds, SortedMap<String, Double> perSecond, SortedMap<String, Claims> claims) {}

    /** Estimates from a histogram, as precise as its buckets. */
    public record Claims(long count, double p50Ms, double p99Ms) {}

    @Override
    public void start() {
        look();
        new PeriodicTask(executor).repeat("looking at the counters", EVERY, EVERY, this::look);
    }

    private void look() {
        MetricsSample now = MetricsSample.of(metrics);
        synchronized (samples) {
            samples.addLast(now);
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
        }
    }

    /** The rates until now. */
    public Pace pace() {
        @Nullable MetricsSample then;
        synchronized (samples) {
            then = samples.peekFirst();
        }
        MetricsSample now = MetricsSample.of(metrics);
        return then == null ? new Pace(0, new TreeMap<>(), new TreeMap<>()) : between(then, now);
    }

    private static Pace between(MetricsSample then, MetricsSample now) {
        double seconds = (now.nanos() - then.nanos()) / NANOS;
        SortedMap<String, Double> perSecond = new TreeMap<>();
        now.outcomes()
                .forEach((outcome, count) ->
                        perSecond.put(outcome, (count - then.outcomes().getOrDefault(outcome, 0L)) / seconds));
        SortedMap<String, Claims> claims = new TreeMap<>();
        now.claims().forEach((store, buckets) -> {
            @Nullable HistogramBuckets before = then.claims().get(store);
            HistogramBuckets fresh = before == null ? buckets : buckets.since(before);
            if (fresh.total() > 0) {
                claims.put(store, claims(fresh));
            }
        });
        return new Pace(seconds, perSecond, claims);
    }

    private static Claims claims(HistogramBuckets buckets) {
        return new Claims(
                buckets.total(),
                buckets.quantile(0.5).orElse(0) * MILLIS,
                buckets.quantile(0.99).orElse(0) * MILLIS);
    }
}
