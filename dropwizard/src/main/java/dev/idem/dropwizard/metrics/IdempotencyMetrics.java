package dev.idem.dropwizard.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.engine.EngineListener;
import dev.idem.core.record.Lease;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.dropwizard.decision.DecisionListener;
import dev.idem.dropwizard.decision.Layer;
import dev.idem.dropwizard.decision.Outcome;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The layer's metrics, twice: with labels for Prometheus, and as plain names that begin with {@code idempotency.} for
 * Dropwizard's registry. No label is a user, a key or a raw path. Thread-safe.
 */
public final class IdempotencyMetrics implements EngineListener, DecisionListener {
    /** What all names in Dropwizard's registry begin with. */
    static final String PREFIX = "idempotency.";

    private static final double NANOS = 1e9;
    private static final double[] STORE_SECONDS = {
        .0001, .00025, .0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5
    };
    private static final double[] WAIT_SECONDS = {.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    private final PrometheusRegistry prometheus;
    private final MetricRegistry dropwizard;
    private final Counter requests;
    private final Counter shadowed;
    private final Counter duplicatesPrevented;
    private final Counter errors;
    private final Counter answeredNear;
    private final LeaseMetrics leases;
    private final Histogram storeOperation;
    private final Histogram wait;
    private final Gauge storeAvailable;
    private final TrustMetrics trust;
    private final JournalMetrics journal;

    public IdempotencyMetrics(PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.prometheus = prometheus;
        this.dropwizard = dropwizard;
        this.requests = counter(
                "requests", "Requests to protected routes, by what was done with them", "layer", "outcome", "route");
        this.shadowed = counter(
                "shadow", "Requests in shadow, by what would have been done with them", "layer", "outcome", "route");
        this.duplicatesPrevented =
                counter("duplicates_prevented", "Repeats that did not take effect again", "layer", "route");
        this.errors = counter("errors", "Store operations that failed", "store", "operation");
        this.answeredNear = counter("near_cache_hits", "Repeats that were answered from this node's memory");
        this.leases = new LeaseMetrics(prometheus, dropwizard);
        this.storeOperation = Histogram.builder()
                .name("idempotency_store_operation_seconds")
                .help("How long stores take to answer")
                .labelNames("store", "operation", "outcome")
                .classicUpperBounds(STORE_SECONDS)
                .register(prometheus);
        this.wait = Histogram.builder()
                .name("idempotency_wait_seconds")
                .help("How long repeats waited for the first request")
                .classicUpperBounds(WAIT_SECONDS)
                .register(prometheus);
        this.storeAvailable = Gauge.builder()
                .name("idempotency_store_available")
                .help("1 while a store is asked, 0 while its breaker is open")
                .labelNames("store")
                .register(prometheus);
        this.trust = new TrustMetrics(prometheus, dropwizard);
        this.journal = new JournalMetrics(prometheus, dropwizard);
        BuildInfo.show(prometheus);
    }

    /**
     * Shows how far PostgreSQL lags behind; to be called once.
     *
     * @param lag the age of the oldest entry that is not durable yet
     * @param depth how many records PostgreSQL has yet to be told of
     */
    public void watchJournal(Supplier<Duration> lag, IntSupplier depth) {
        journal.watch(lag, depth);
    }

    /** Shows how many requests execute under a lease; to be called once. */
    public void watchInFlight(IntSupplier inFlight) {
        GaugeWithCallback.builder()
                .name("idempotency_in_flight")
                .help("Requests of this node that execute under a lease")
                .callback(gauge -> gauge.call(inFlight.getAsInt()))
                .register(prometheus);
        dropwizard.registerGauge(PREFIX + "in-flight", inFlight::getAsInt);
    }

    /** Shows how many answers this node keeps in memory; to be called once. */
    public void watchNearCache(LongSupplier kept) {
        GaugeWithCallback.builder()
                .name("idempotency_near_cache_records")
                .help("Answers that this node keeps in memory, about")
                .callback(gauge -> gauge.call((double) kept.getAsLong()))
                .register(prometheus);
    }

    /** Shows for whom the layer works; to be called once. */
    public void watchRollout(LiveRollout rollout) {
        RolloutMetrics.register(rollout, prometheus);
    }

    /** Shows a store as available until its breaker says otherwise. */
    public void watchStore(String store) {
        storeAvailable.labelValues(store).set(1);
        for (Operation operation : Operation.values()) {
            errors.initLabelValues(store, label(operation));
        }
    }

    /** A counter that appears with its first event would hide this one from whoever looks for an increase. */
    @Override
    public void routeAdded(String route) {
        for (Outcome outcome : Outcome.values()) {
            requests.initLabelValues(Layer.KEY.label(), outcome.label(), route);
        }
        duplicatesPrevented.initLabelValues(Layer.KEY.label(), route);
        leases.routeAdded(route);
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        requests.labelValues(layer.label(), outcome.label(), route).inc();
        dropwizard.counter(PREFIX + "requests." + outcome.label()).inc();
        if (outcome.preventedDuplicate()) {
            duplicatesPrevented.labelValues(layer.label(), route).inc();
            dropwizard.counter(PREFIX + "duplicates-prevented").inc();
        }
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        shadowed.labelValues(layer.label(), outcome.label(), route).inc();
        dropwizard.counter(PREFIX + "shadow." + outcome.label()).inc();
    }

    @Override
    public void storeAsked(String store, Operation operation, Result result, Duration took) {
        if (result == Result.SKIPPED || result == Result.NOT_IN_CHARGE) {
            return; // nothing was decided: the gauges of breakers and trust say why
        }
        String name = label(operation);
        storeOperation.labelValues(store, name, label(result)).observe(took.toNanos() / NANOS);
        dropwizard.timer(PREFIX + "store." + store + '.' + name).update(took);
        if (result == Result.UNAVAILABLE) {
            errors.labelValues(store, name).inc();
            dropwizard.counter(PREFIX + "errors." + store).inc();
        }
    }

    @Override
    public void breakerChanged(String store, boolean open) {
        storeAvailable.labelValues(store).set(open ? 0 : 1);
    }

    @Override
    public void staleRecovered(Lease lease) {
        leases.staleRecovered(lease);
    }

    @Override
    public void fenced(Lease lease) {
        leases.fenced(lease);
    }

    @Override
    public void waited(Duration took) {
        wait.observe(took.toNanos() / NANOS);
        dropwizard.timer(PREFIX + "wait").update(took);
    }

    @Override
    public void answeredNear() {
        answeredNear.inc();
    }

    @Override
    public void trustChanged(boolean redisDecides) {
        trust.trustChanged(redisDecides);
    }

    @Override
    public void refilling(long records) {
        trust.refilling(records);
    }

    @Override
    public void refilled(long records, Duration took) {
        trust.refilled(records, took);
    }

    @Override
    public void written(int entries, Duration lag) {
        journal.written(entries, lag);
    }

    @Override
    public void dropped(int entries) {
        journal.dropped(entries);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.builder()
                .name("idempotency_" + name + "_total")
                .help(help)
                .labelNames(labels)
                .register(prometheus);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
