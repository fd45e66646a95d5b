package dev.idem.dropwizard;

import dev.idem.core.background.PeriodicTask;
import dev.idem.core.budget.MemoryBudget;
import dev.idem.core.budget.MemoryPart;
import dev.idem.core.engine.EngineStores;
import dev.idem.core.engine.IdempotencyEngine;
import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.observe.EngineListeners;
import dev.idem.core.event.AuditEventStore;
import dev.idem.core.operations.Authority;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.record.Consistency;
import dev.idem.core.rollout.LiveRollout;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.audit.Auditing;
import dev.idem.dropwizard.body.UnreadBodyListener;
import dev.idem.dropwizard.filter.ClientLivenessListener;
import dev.idem.dropwizard.filter.IdempotentBinder;
import dev.idem.dropwizard.filter.IdempotentFeature;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.health.PostgresHealthCheck;
import dev.idem.dropwizard.health.PrometheusEndpoint;
import dev.idem.dropwizard.health.RedisHealthCheck;
import dev.idem.dropwizard.health.RolloutHealthCheck;
import dev.idem.dropwizard.health.SchemaHealthCheck;
import dev.idem.dropwizard.problem.ProblemTypeResource;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.task.ClearStaleTask;
import dev.idem.dropwizard.task.GcTask;
import dev.idem.dropwizard.task.RedactingTask;
import dev.idem.dropwizard.task.RolloutTask;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.AuditConfiguration;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.decision.outcome.DecisionListener;
import dev.idem.http.decision.outcome.DecisionListeners;
import dev.idem.http.jetty.LingeringClose;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.metrics.AuditMetrics;
import dev.idem.http.metrics.IdempotencyMetrics;
import dev.idem.http.metrics.StaleLockWatch;
import dev.idem.http.policy.RoutePolicies;
import dev.idem.http.trace.Tracing;
import dev.idem.postgres.ExpiredRecordSweeper;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresFailures;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.StaleLockCount;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.rollout.RolloutTable;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.RedisStore;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Makes {@link Idempotent} work in a Dropwizard application: filters, stores, health checks, metrics, problem pages and tasks.
 * The application opens Redis and the database before this bundle runs, and closes them.
 *
 * <pre>{@code
 * bootstrap.addBundle(new IdempotencyBundle<MyConfiguration>() {
 *     protected IdempotencyConfiguration idempotency(MyConfiguration configuration) { … }
 *     protected Supplier<UnifiedJedis> redis(MyConfiguration configuration) { … }
 *     protected DataSource database(MyConfiguration configuration) { … }
 * });
 * }</pre>
 *
 * @param <C> the application's configuration
 */
public abstract class IdempotencyBundle<C extends Configuration> implements ConfiguredBundle<C> {
    private static final Logger log = LoggerFactory.getLogger(IdempotencyBundle.class);

    /** This process's name in records and events. */
    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();

    private @Nullable IdempotencyRuntime runtime;

    /** The {@code idempotency} section of the configuration. */
    protected abstract IdempotencyConfiguration idempotency(C configuration);

    /**
     * The Redis client; called for each store operation. Commands must not wait long: a timeout of 250 ms is recommended ({@link dev.idem.redis.connect.RedisConnections#DEFAULT_TIMEOUT}).
     */
    protected abstract Supplier<UnifiedJedis> redis(C configuration);

    /**
     * A second client, for copies in the background. What is copied may be large, and a copy that fails begins again, so a
     * timeout of five seconds is recommended ({@link dev.idem.redis.connect.RedisConnections#COPY_TIMEOUT}). By default copies use
     * the same client as requests.
     */
    protected Supplier<UnifiedJedis> redisForCopies(C configuration) {
        return redis(configuration);
    }

    /** The connection pool of PostgreSQL, whose schema {@link Schema} has updated. */
    protected abstract DataSource database(C configuration);

    /**
     * Opens the transactions of {@linkplain Idempotent#atomic() atomic} methods. An application adds its own plugins and mappers
     * here; SQL objects work by default.
     *
     * @param database from {@link #database}
     */
    protected Jdbi transactions(C configuration, DataSource database) {
        return RedactingJdbi.on(database).installPlugin(new SqlObjectPlugin());
    }

    /** What the health check {@code schema} looks at: the idempotency tables, unless the application has more. */
    protected SchemaHealthCheck schemaCheck(DataSource database) {
        return new SchemaHealthCheck(new Schema(database), "idem-admin migrate --tables idempotency");
    }

    /** The prefix of the layer's keys in Redis. */
    protected String redisKeyPrefix(C configuration) {
        return "idem:";
    }

    /** The scopes of keys; by default the authenticated principal's name. */
    protected ScopeResolver scopes(C configuration) {
        return ScopeResolver.principal();
    }

    /**
     * Whether the application applies {@code idempotency.policy.cors}. One that has a CORS filter of its own keeps the default.
     */
    protected boolean answersAcrossOrigins() {
        return false;
    }

    /** What this bundle has wired, for requests that do not come through Jersey. Available after {@link #run}. */
    public final IdempotencyRuntime protection() {
        return Objects.requireNonNull(runtime, "this bundle must be run first");
    }

    @Override
    public final void run(C configuration, Environment environment) {
        IdempotencyConfiguration settings = idempotency(configuration);
        if (settings.rules().usual().cors().isPresent() && !answersAcrossOrigins()) {
            throw new IllegalArgumentException(
                    "idempotency.policy.cors must be left out: this application has its own CORS filter");
        }
        Supplier<UnifiedJedis> redis = redis(configuration);
        DataSource database = database(configuration);
        String prefix = redisKeyPrefix(configuration);
        Jdbi jdbi = RedactingJdbi.on(database);
        PrometheusRegistry prometheus = new PrometheusRegistry();
        IdempotencyMetrics metrics = metrics(environment, prometheus);
        AuditEventStore events = new AuditEventTable(jdbi);
        Optional<Auditing> auditing = auditing(settings.auditOrDefault(), events, prometheus, environment);
        EngineListener listener = auditing.<EngineListener>map(
                        audit -> new EngineListeners(metrics, audit.engineListener()))
                .orElse(metrics);
        DecisionListener decisions = auditing.<DecisionListener>map(
                        audit -> new DecisionListeners(metrics, audit.decisionListener()))
                .orElse(metrics);
        FastStore fast = new RedisFastStore(redis, redisForCopies(configuration), prefix);
        DurableStore durable = new PostgresDurableStore(jdbi);
        MemoryBudget budget = new MemoryBudget(settings.memoryShares());
        MemoryStore memory = new MemoryStore(budget.limit(MemoryPart.MEMORY_STORE), InstantSource.system());
        IdempotencyEngine engine = engine(settings, new EngineStores(fast, durable, memory, budget), listener);
        metrics.watchInFlight(engine::inFlight);
        metrics.watchNearCache(engine::keptNear);
        metrics.watchStatus(engine::status);
        environment.lifecycle().manage(running(engine));
        List<RecordAdministration> records = List.of(fast.records(), durable.records());
        LiveRollout rollout =
                new LiveRollout(settings.rolloutOrDefault().settings(), settings.isEnabled(), new RolloutTable(jdbi));
        metrics.watchRollout(rollout);
        environment.lifecycle().manage(new RolloutPolling(rollout, environment.lifecycle()));
        Tracing tracing = Tracing.of(settings.tracingOrOff(), NODE);
        environment.lifecycle().manage(new AutoCloseableManager(tracing));
        BodyMemory bodies = new BodyMemory(budget.limit(MemoryPart.BODIES));
        budget.watch(MemoryPart.BODIES, bodies::held);
        metrics.watchMemory(bodies, budget, memory::answersNotKept);
        IdempotencyRuntime wired = new IdempotencyRuntime(
                engine, rollout, settings.describedByIfAny(), decisions, records, tracing, bodies, prometheus);
        runtime = wired;
        protect(
                environment,
                configuration,
                settings.rules(),
                wired,
                new TransactionFilter(transactions(configuration, database)));

        environment.healthChecks().register("redis", new RedisHealthCheck(redis, engine::status));
        environment.healthChecks().register("postgresql", new PostgresHealthCheck(PostgresStore.always(jdbi)));
        environment.healthChecks().register("schema", schemaCheck(database));
        environment.healthChecks().register("rollout", new RolloutHealthCheck(rollout));
        RecordStores stores = new RecordStores(
                records.get(0),
                records.get(1),
                () -> Authority.of(engine.status().authoritativeStore(Consistency.FAST)),
                PostgresFailures::forOperator);
        environment.admin().addTask(new RedactingTask(new ClearStaleTask(stores, events, NODE)));
        environment.admin().addTask(new RedactingTask(new RolloutTask(rollout, new RolloutTable(jdbi), events, NODE)));
        ScheduledExecutorService executor = environment
                .lifecycle()
                .scheduledExecutorService("idempotency-background", true)
                .build();
        ExpiredRecordSweeper sweeper = new ExpiredRecordSweeper(jdbi, ExpiredRecordSweeper.USUAL_BATCH);
        environment.admin().addTask(new RedactingTask(new GcTask(sweeper)));
        StaleLockWatch staleLocks = new StaleLockWatch(
                new StaleLockCount(jdbi)::count, StaleLockCount.LIMIT, prometheus, environment.metrics());
        environment.lifecycle().manage(repeating(executor, sweeper, staleLocks));
    }

    private static IdempotencyMetrics metrics(Environment environment, PrometheusRegistry prometheus) {
        IdempotencyMetrics metrics =
                new IdempotencyMetrics(List.of(RedisStore.NAME, PostgresStore.NAME), prometheus, environment.metrics());
        new PrometheusEndpoint(prometheus).register(environment.admin(), environment.metrics());
        return metrics;
    }

    private static IdempotencyEngine engine(
            IdempotencyConfiguration settings, EngineStores stores, EngineListener listener) {
        return new IdempotencyEngine(NODE, stores, settings.maxWaitingOrDefault(), listener);
    }

    private static Optional<Auditing> auditing(
            AuditConfiguration settings,
            AuditEventStore events,
            PrometheusRegistry prometheus,
            Environment environment) {
        if (!settings.isEnabled()) {
            return Optional.empty();
        }
        AuditMetrics metrics = new AuditMetrics(prometheus);
        Auditing auditing = new Auditing(
                events,
                settings,
                metrics,
                NODE,
                environment
                        .lifecycle()
                        .scheduledExecutorService("idempotency-partitions", true)
                        .build());
        metrics.watch(auditing.depth());
        environment.lifecycle().manage(auditing);
        return Optional.of(auditing);
    }

    private void protect(
            Environment environment,
            C configuration,
            RoutePolicies policies,
            IdempotencyRuntime wired,
            TransactionFilter transactions) {
        IdempotentFeature feature = new IdempotentFeature(
                wired, policies, scopes(configuration), environment.getObjectMapper(), transactions);
        environment.jersey().register(feature);
        environment.jersey().register(new RequestEnd());
        environment.getApplicationContext().addEventListener(new ClientLivenessListener());
        environment.jersey().register(UnreadBodyListener.class);
        environment.lifecycle().addEventListener(LingeringClose.inserter());
        environment.jersey().register(new IdempotentBinder());
        environment.jersey().register(new ProblemTypeResource());
    }

    private static Managed running(IdempotencyEngine engine) {
        return new AutoCloseableManager(engine) {
            @Override
            public void start() {
                engine.start();
            }
        };
    }

    private static Managed repeating(
            ScheduledExecutorService executor, ExpiredRecordSweeper sweeper, StaleLockWatch staleLocks) {
        return new Managed() {
            @Override
            public void start() {
                // Starts at a random moment, so that nodes started together do not sweep together.
                Duration pause = ExpiredRecordSweeper.USUAL_PAUSE;
                Duration first = Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis()));
                new PeriodicTask(executor).repeat("deleting expired records", first, pause, () -> sweep(sweeper));
                staleLocks.start(executor);
            }
        };
    }

    private static void sweep(ExpiredRecordSweeper sweeper) {
        try {
            sweeper.sweep();
        } catch (StoreUnavailableException e) {
            log.warn("expired records are not deleted, next attempt in a minute: {}", e.getMessage());
        }
    }
}
