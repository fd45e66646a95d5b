package dev.idem.dropwizard;

import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.core.engine.EngineStores;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListeners;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.dropwizard.audit.Auditing;
import dev.idem.dropwizard.health.OwnStoreWatch;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.DecisionListeners;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.metrics.AuditMetrics;
import dev.idem.http.metrics.IdempotencyMetrics;
import dev.idem.http.policy.PolicyWarning;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.trace.Tracing;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.rollout.RolloutTable;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Puts the engine together with what observes it, and lets the application start and stop them. */
final class RuntimeAssembly {
    private final String node;
    private final IdempotencyConfiguration settings;
    private final LayerStores stores;
    private final Environment environment;
    private final Readiness readiness;
    private final PrometheusRegistry prometheus = new PrometheusRegistry();

    /** @param node this process's name in records and events */
    RuntimeAssembly(
            String node,
            IdempotencyConfiguration settings,
            LayerStores stores,
            Environment environment,
            Readiness readiness) {
        this.node = node;
        this.readiness = readiness;
        this.settings = settings;
        this.stores = stores;
        this.environment = environment;
    }

    /** Call it once. */
    IdempotencyRuntime assemble() {
        warnOfPolicies(settings.rules());
        IdempotencyMetrics metrics = metrics();
        Optional<Auditing> auditing = auditing();
        MemoryBudget budget = new MemoryBudget(settings.memoryShares());
        MemoryStore memory = new MemoryStore(budget.limit(MemoryPart.MEMORY_STORE), InstantSource.system());
        EngineStores engineStores = new EngineStores(stores.fast(), stores.durable(), memory, budget);
        IdempotencyEngine engine = new IdempotencyEngine(
                node, engineStores, settings.maxWaitingOrDefault(), engineListener(metrics, auditing));
        BodyMemory bodies = new BodyMemory(budget.limit(MemoryPart.BODIES));
        budget.watch(MemoryPart.BODIES, bodies::held);
        LiveRollout rollout = new LiveRollout(
                settings.rolloutOrDefault().settings(), settings.isEnabled(), new RolloutTable(stores.jdbi()));
        Tracing tracing = Tracing.of(settings.tracingOrOff(), node);

        metrics.watchInFlight(engine::inFlight);
        metrics.watchNearCache(engine::keptNear);
        metrics.watchStatus(engine::status);
        metrics.watchRollout(rollout);
        metrics.watchMemory(bodies, budget, memory::answersNotKept);
        environment.lifecycle().manage(running(engine));
        environment.lifecycle().manage(new RolloutPolling(rollout, environment.lifecycle()));
        environment.lifecycle().manage(new AutoCloseableManager(tracing));
        return new IdempotencyRuntime(
                engine,
                rollout,
                settings.describedByIfAny(),
                decisionListener(metrics, auditing),
                List.of(stores.fast().records(), stores.durable().records()),
                tracing,
                bodies,
                prometheus);
    }

    private static void warnOfPolicies(RoutePolicies rules) {
        PolicyWarning.log("idempotency.policy", rules.usual());
        rules.named().forEach((name, policy) -> PolicyWarning.log("idempotency.policies." + name, policy));
        rules.routes().forEach(route -> route.policy()
                .filter(policy -> !rules.named().containsValue(policy))
                .ifPresent(policy -> PolicyWarning.log(route.place() + ".policy", policy)));
    }

    private IdempotencyMetrics metrics() {
        return new IdempotencyMetrics(
                List.of(stores.fast().name(), stores.durable().name()), prometheus, environment.metrics());
    }

    private Optional<Auditing> auditing() {
        if (!settings.auditOrDefault().isEnabled()) {
            return Optional.empty();
        }
        AuditMetrics metrics = new AuditMetrics(prometheus);
        Auditing auditing = new Auditing(
                new AuditEventTable(stores.jdbi()),
                settings.auditOrDefault(),
                metrics,
                node,
                environment
                        .lifecycle()
                        .scheduledExecutorService("idempotency-partitions", true)
                        .build());
        metrics.watch(auditing.depth());
        environment.lifecycle().manage(auditing);
        return Optional.of(auditing);
    }

    private EngineListener engineListener(IdempotencyMetrics metrics, Optional<Auditing> auditing) {
        OwnStoreWatch watch = new OwnStoreWatch(readiness);
        return auditing.map(audit -> new EngineListeners(metrics, watch, audit.engineListener()))
                .orElseGet(() -> new EngineListeners(metrics, watch));
    }

    private static DecisionListener decisionListener(IdempotencyMetrics metrics, Optional<Auditing> auditing) {
        return auditing.<DecisionListener>map(audit -> new DecisionListeners(metrics, audit.decisionListener()))
                .orElse(metrics);
    }

    private static Managed running(IdempotencyEngine engine) {
        return new AutoCloseableManager(engine) {
            @Override
            public void start() {
                engine.start();
            }
        };
    }
}
