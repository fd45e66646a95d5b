package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.engine.EngineListener;
import dev.idem.core.engine.EngineStatus;
import dev.idem.core.record.Lease;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.memory.BodyMemory;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The layer's metrics, twice: with labels for Prometheus, and as plain names that begin with {@code idempotency.} for
 * Dropwizard's registry. No label is a user, a key or a raw path. Thread-safe.
 */
public final class IdempotencyMetrics implements EngineListener, DecisionListener {
    /** What all names in Dropwizard's registry begin with. */
    public static final String PREFIX = "idempotency.";

    private static final double NANOS = 1e9;
    private static final double[] WAIT_SECONDS = {.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    private final PrometheusRegistry prometheus;
    private final MetricRegistry dropwizard;
    private final DecisionMetrics decisions;
    private final StoreMetrics stores;
    private final Counter answeredNear;
    private final LeaseMetrics leases;
    private final Histogram wait;
    private final FailoverMetrics trust;
    private final JournalMetrics journal;

    /** @param stores the names of the stores behind circuit breakers; each is shown as available until its breaker opens */
    public IdempotencyMetrics(List<String> stores, PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.prometheus = prometheus;
        this.dropwizard = dropwizard;
        this.decisions = new DecisionMetrics(prometheus, dropwizard);
        this.stores = new StoreMetrics(prometheus, dropwizard);
        stores.forEach(this.stores::watch);
        this.answeredNear = Counter.builder()
                .name("idempotency_near_cache_hits_total")
                .help("Repeats answered from this node's near cache")
                .register(prometheus);
        this.leases = new LeaseMetrics(withMemory(stores), prometheus, dropwizard);
        this.wait = Histogram.builder()
                .name("idempotency_wait_seconds")
                .help("Time that repeats waited for the first request")
                .classicUpperBounds(WAIT_SECONDS)
                .register(prometheus);
        this.trust = new FailoverMetrics(prometheus, dropwizard);
        this.journal = new JournalMetrics(prometheus, dropwizard);
        BuildInfo.show(prometheus);
    }

    /** Shows the authoritative store, the circuit breakers and the journal's backlog; call it once. */
    public void watchStatus(Supplier<EngineStatus> status) {
        stores.watch(status);
        trust.watch(status);
        journal.watch(
                () -> status.get().journal().lag(), () -> status.get().journal().depth());
    }

    /** Shows how many requests execute under a lease; call it once. */
    public void watchInFlight(IntSupplier inFlight) {
        GaugeWithCallback.builder()
                .name("idempotency_in_flight")
                .help("Requests of this node executing under a lease")
                .callback(gauge -> gauge.call(inFlight.getAsInt()))
                .register(prometheus);
        dropwizard.registerGauge(PREFIX + "in-flight", inFlight::getAsInt);
    }

    /** Shows the size of the near cache; call it once. */
    public void watchNearCache(LongSupplier kept) {
        GaugeWithCallback.builder()
                .name("idempotency_near_cache_records")
                .help("Approximate number of answers in this node's near cache")
                .callback(gauge -> gauge.call((double) kept.getAsLong()))
                .register(prometheus);
    }

    /** Shows the use of the body memory; call it once. */
    public void watchBodyMemory(BodyMemory memory) {
        MemoryMetrics.register(memory, prometheus);
    }

    /** Shows the rollout; call it once. */
    public void watchRollout(LiveRollout rollout) {
        RolloutMetrics.register(rollout, prometheus);
    }

    private static List<String> withMemory(List<String> stores) {
        return Stream.concat(stores.stream(), Stream.of(MemoryStore.NAME)).toList();
    }

    /** Creates the counters at zero: an increase from an absent counter would not be seen. */
    @Override
    public void routeAdded(String route) {
        decisions.routeAdded(route);
        leases.routeAdded(route);
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        decisions.decided(route, layer, outcome);
    }

    @Override
    public void shadowed(String route, Layer layer, Outcome outcome) {
        decisions.shadowed(route, layer, outcome);
    }

    @Override
    public void storeAsked(String store, Operation operation, Result result, Duration took) {
        stores.asked(store, operation, result, took);
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
}
