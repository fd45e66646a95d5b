package dev.idem.http.metrics;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.record.Lease;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.http.decision.outcome.AnswerWord;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.Layer;
import dev.idem.http.decision.outcome.Outcome;
import dev.idem.http.memory.BodyMemory;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;
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

    private static final double[] WAIT_SECONDS = {.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60};

    private final Registries registries;
    private final DecisionMetrics decisions;
    private final StoreMetrics stores;
    private final Counter answeredNear;
    private final LeaseMetrics leases;
    private final Histogram wait;
    private final FailoverMetrics trust;
    private final JournalMetrics journal;
    private final RecoveryMetrics recovery;

    /** @param stores the names of the stores behind circuit breakers; each is shown as available until its breaker opens */
    public IdempotencyMetrics(List<String> stores, PrometheusRegistry prometheus, MetricRegistry dropwizard) {
        this.registries = new Registries(new PrometheusMetrics(prometheus), dropwizard);
        this.decisions = new DecisionMetrics(registries);
        this.stores = new StoreMetrics(registries);
        stores.forEach(this.stores::watch);
        this.answeredNear = registries
                .prometheus()
                .counter("idempotency_near_cache_hits_total", "Repeats answered from this node's near cache");
        this.leases = new LeaseMetrics(withMemory(stores), registries);
        this.wait = registries
                .prometheus()
                .histogram("idempotency_wait_seconds", "Time that repeats waited for the first request", WAIT_SECONDS);
        this.trust = new FailoverMetrics(registries);
        this.journal = new JournalMetrics(registries);
        this.recovery = new RecoveryMetrics(registries);
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
    public void watchInFlight(Supplier<Integer> inFlight) {
        registries.gauge(
                "idempotency_in_flight", "in-flight", "Requests of this node executing under a lease", inFlight);
    }

    /** Shows the size of the near cache; call it once. */
    public void watchNearCache(Supplier<Long> kept) {
        registries
                .prometheus()
                .gauge(
                        "idempotency_near_cache_records",
                        "Approximate number of answers in this node's near cache",
                        kept);
    }

    /**
     * Shows the use of memory; call it once.
     *
     * @param answersNotKept how many answers the memory store could not keep
     */
    public void watchMemory(BodyMemory bodies, MemoryBudget budget, LongSupplier answersNotKept) {
        MemoryMetrics.register(bodies, registries.prometheus());
        MemoryMetrics.register(budget, answersNotKept, registries.prometheus());
    }

    /** Shows the rollout; call it once. */
    public void watchRollout(LiveRollout rollout) {
        RolloutMetrics.register(rollout, registries.prometheus());
    }

    private static List<String> withMemory(List<String> stores) {
        return Stream.concat(stores.stream(), Stream.of(MemoryStore.NAME)).toList();
    }

    /** Creates at zero what alerts watch, so that they see the first increase. */
    @Override
    public void routeAdded(String route) {
        decisions.routeAdded(route);
        leases.routeAdded(route);
    }

    /** Creates the others at zero. */
    @Override
    public void routeUsed(String route) {
        decisions.routeUsed(route);
        leases.routeUsed(route);
    }

    @Override
    public void decided(String route, Layer layer, Outcome outcome) {
        decisions.decided(route, layer, outcome);
    }

    @Override
    public void said(String route, AnswerWord word) {
        decisions.said(route, word);
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
        wait.observe(Registries.seconds(took));
        registries.time("wait", took);
    }

    @Override
    public void answeredNear() {
        answeredNear.inc();
    }

    @Override
    public void foreignStore(String why) {
        trust.foreignStore(why);
    }

    @Override
    public void ownStore() {
        trust.ownStore();
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

    @Override
    public void nodesDied(int nodes) {
        recovery.nodesDied(nodes);
    }

    @Override
    public void recovering(int keys, int copied) {
        recovery.recovering(keys, copied);
    }

    @Override
    public void recovered(Duration took) {
        recovery.recovered(took);
    }

    @Override
    public void recoveryFailed() {
        recovery.recoveryFailed();
    }
}
