package dev.idem.dropwizard.testing;

import com.codahale.metrics.MetricRegistry;
import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.rollout.RolloutChange;
import dev.idem.core.rollout.RolloutStore;
import dev.idem.core.rollout.StoredRollout;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.decision.outcome.DecisionListeners;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.metrics.IdempotencyMetrics;
import dev.idem.http.trace.Tracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts an engine together that has no threads, with what its routes share. Thread-safe. */
final class MemoryRuntime {
    private static final String NODE = "test";

    private final MemoryRecords records = new MemoryRecords();
    private final OutcomeCounts counts = new OutcomeCounts();
    private volatile @Nullable IdempotencyEngine running;

    /** The rollout is the configured one. */
    private static final class NoRollouts implements RolloutStore {
        @Override
        public StoredRollout get() {
            throw unavailable();
        }

        @Override
        public Optional<StoredRollout> put(RolloutChange change) {
            throw unavailable();
        }

        private static StoreUnavailableException unavailable() {
            return new StoreUnavailableException(MemoryRecords.NAME, "a test has no rollout beside the configured one");
        }
    }

    MemoryRecords records() {
        return records;
    }

    OutcomeCounts counts() {
        return counts;
    }

    /** Each start begins without records. */
    IdempotencyRuntime start(IdempotencyConfiguration settings, MetricRegistry dropwizard) {
        clear();
        PrometheusRegistry prometheus = new PrometheusRegistry();
        IdempotencyMetrics metrics = new IdempotencyMetrics(List.of(MemoryRecords.NAME), prometheus, dropwizard);
        MemoryBudget budget = new MemoryBudget(settings.memoryShares());
        BodyMemory bodies = new BodyMemory(budget.limit(MemoryPart.BODIES));
        IdempotencyEngine engine = IdempotencyEngine.onOneStore(
                NODE, records, records::read, records.fallback(), settings.maxWaitingOrDefault(), metrics);
        running = engine;
        LiveRollout rollout =
                new LiveRollout(settings.rolloutOrDefault().settings(), settings.isEnabled(), new NoRollouts());
        metrics.watchInFlight(engine::inFlight);
        metrics.watchRollout(rollout);
        metrics.watchMemory(bodies, budget, records.fallback()::answersNotKept);
        return new IdempotencyRuntime(
                engine,
                rollout,
                settings.describedByIfAny(),
                new DecisionListeners(metrics, counts),
                List.of(),
                Tracing.off(),
                bodies,
                prometheus);
    }

    /** Repeats of what was answered meanwhile find it from now on. */
    void makeAvailable() {
        records.makeAvailable(true);
        IdempotencyEngine engine = running;
        if (engine != null) {
            engine.offerUnstored();
        }
    }

    void clear() {
        records.clear();
        counts.clear();
    }
}
