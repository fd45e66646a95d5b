package dev.idem.dropwizard;

import dev.idem.core.store.authority.ForeignInstallationException;
import dev.idem.dropwizard.admin.AdminParts;
import dev.idem.dropwizard.atomic.ParticipantFactory;
import dev.idem.dropwizard.atomic.TransactionFilter;
import dev.idem.dropwizard.body.UnreadBodyListener;
import dev.idem.dropwizard.filter.ScopeResolver;
import dev.idem.dropwizard.health.Readiness;
import dev.idem.dropwizard.health.SchemaHealthCheck;
import dev.idem.dropwizard.hook.RequestHooks;
import dev.idem.dropwizard.late.LateAnswers;
import dev.idem.dropwizard.lifetime.LifetimeFilter;
import dev.idem.dropwizard.pool.BoundedConnections;
import dev.idem.dropwizard.problem.ProblemTypeHandler;
import dev.idem.dropwizard.problem.ProblemTypeResource;
import dev.idem.dropwizard.servlet.ClientLivenessListener;
import dev.idem.dropwizard.tested.TestedEndpoints;
import dev.idem.dropwizard.tested.TestedLayer;
import dev.idem.dropwizard.tested.TestedStarts;
import dev.idem.http.IdempotencyRuntime;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.jetty.Http2Requests;
import dev.idem.http.jetty.LingeringClose;
import dev.idem.postgres.connect.RedactingJdbi;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.RedisClients;
import dev.idem.redis.layout.KeyPrefix;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.Managed;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.glassfish.jersey.server.ResourceConfig;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;
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
    /** This process's name in records and events. */
    private static final String NODE = ManagementFactory.getRuntimeMXBean().getName();

    private static final String NO_SECTION =
            "the configuration has no section idempotency; write `idempotency: {}` into the file,"
                    + " or let the field begin with IdempotencyConfiguration.defaults()";

    private final Readiness readiness = new Readiness();
    private @Nullable IdempotencyRuntime runtime;

    /** Called first: opens what the other methods return, if nothing has done so before. By default it does nothing. */
    protected void open(C configuration, Environment environment) {}

    /** The {@code idempotency} section of the configuration. */
    protected abstract IdempotencyConfiguration idempotency(C configuration);

    /**
     * The Redis client, open when this bundle runs: this is called once, and its result for each store operation. Beside a client of one server, the bundle
     * opens connections of its own, made as the client makes its own. There no step takes longer than 250 ms
     * ({@link dev.idem.redis.connect.RedisConnections#DEFAULT_TIMEOUT}), whatever timeouts the client has. A client of a cluster or of
     * sentinels must have such timeouts itself, as {@link dev.idem.redis.connect.RedisConnections} opens it.
     */
    protected abstract Supplier<UnifiedJedis> redis(C configuration);

    /**
     * A second client, for copies in the background. What is copied may be large, and a copy that fails begins again, so a
     * timeout of five seconds is recommended ({@link dev.idem.redis.connect.RedisConnections#COPY_TIMEOUT}). By default copies use
     * the same client as requests.
     *
     * @param redis from {@link #redis}
     */
    protected Supplier<UnifiedJedis> redisForCopies(C configuration, Supplier<UnifiedJedis> redis) {
        return redis;
    }

    /**
     * A third client, for the heartbeats of running requests and the watch over Redis: they must come in time while requests occupy
     * all connections of the first one. {@value dev.idem.redis.connect.RedisConnections#HEARTBEAT_POOL_SIZE} connections are enough.
     * By default the bundle opens so many beside a client of one server. Otherwise they use the same client as requests.
     *
     * @param redis from {@link #redis}
     */
    protected Supplier<UnifiedJedis> redisForHeartbeats(C configuration, Supplier<UnifiedJedis> redis) {
        return redis;
    }

    /** The connection pool of PostgreSQL, whose schema {@link Schema} has updated; called once, so it may build the pool. */
    protected abstract DataSource database(C configuration);

    /**
     * A second pool, as {@link #redisForHeartbeats}; four connections are enough. By default the bundle opens one beside a pool of
     * Dropwizard's, with the same settings, and closes it. Beside another kind of pool, heartbeats use the same one as requests.
     *
     * @param database from {@link #database}
     */
    protected DataSource databaseForHeartbeats(C configuration, DataSource database) {
        return database;
    }

    /**
     * How long a request waits for PostgreSQL in each of its steps, such as the claim or the storing of its answer, whatever timeouts
     * the pool has: for a connection and the statement's answer together. 2.5 s by default. If PostgreSQL is silent for that long, the
     * client gets 503.
     */
    protected Duration databaseTimeout(C configuration) {
        return BoundedConnections.USUAL_BOUND;
    }

    /**
     * Opens the transactions of {@linkplain Idempotent#atomic() atomic} methods. An application adds its own plugins and mappers
     * here; SQL objects work by default. The default waits for a connection as long as {@link #databaseTimeout} says.
     *
     * @param database from {@link #database}
     */
    protected Jdbi transactions(C configuration, DataSource database) {
        return RedactingJdbi.on(BoundedConnections.ofTransactions(
                        database,
                        databaseTimeout(configuration),
                        () -> protection().engine().status().postgres().failure()))
                .installPlugin(new SqlObjectPlugin());
    }

    /**
     * What else works in the transactions of atomic methods: the {@code HibernateSessions} of {@code idem-hibernate}, for example. By
     * default nothing.
     */
    protected List<ParticipantFactory<?>> participants(C configuration) {
        return List.of();
    }

    /**
     * What this bundle adds to the admin port: everything by default, under names that begin with {@code idempotency-}. A page of the
     * application's own stays where it is.
     */
    protected AdminParts adminParts(C configuration) {
        return AdminParts.all();
    }

    /**
     * What the health check {@code schema} looks at: the idempotency tables, unless the application has more.
     *
     * @param database the pool for heartbeats
     */
    protected SchemaHealthCheck schemaCheck(DataSource database) {
        return new SchemaHealthCheck(new Schema(database), "idem-admin migrate --tables idempotency");
    }

    /** The prefix of the layer's keys in Redis. */
    protected String redisKeyPrefix(C configuration) {
        return KeyPrefix.USUAL;
    }

    /** The scopes of keys; by default the authenticated principal. */
    protected ScopeResolver scopes(C configuration) {
        return ScopeResolver.principal();
    }

    /** What the application does before each execution and after each replay; by default nothing. */
    protected RequestHooks hooks(C configuration) {
        return RequestHooks.none();
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

    /** Whether load balancers should send requests to this node: {@code /health/ready} on the admin port. */
    public final Readiness readiness() {
        return readiness;
    }

    /**
     * Wires everything.
     *
     * @throws ForeignInstallationException if Redis belongs to another installation; if it is unavailable, nodes find out later
     * @throws IllegalStateException if the application has this bundle twice, or a method of it returns null; the message says what to do
     */
    @Override
    public final void run(C configuration, Environment environment) {
        requireNoOther(environment);
        Optional<TestedLayer> tested = TestedStarts.ofThisThread();
        if (tested.map(TestedLayer::hasOwnDatabase).orElse(true)) {
            open(configuration, environment);
        }
        IdempotencyConfiguration settings = Given.by("idempotency", idempotency(configuration), NO_SECTION);
        if (settings.rules().usual().cors().isPresent() && !answersAcrossOrigins()) {
            throw new IllegalArgumentException(
                    "idempotency.policy.cors must be left out: this application has its own CORS filter");
        }
        tested.ifPresentOrElse(
                layer -> runTested(configuration, environment, settings, layer),
                () -> runOnStores(configuration, environment, settings));
    }

    private void runOnStores(C configuration, Environment environment, IdempotencyConfiguration settings) {
        Supplier<UnifiedJedis> redis = Given.clientBy("redis", redis(configuration));
        DataSource database = Given.storeBy("database", database(configuration));
        OwnConnections own = new OwnConnections(environment.lifecycle());
        DataSource heartbeats = own.beside(
                database, Given.storeBy("databaseForHeartbeats", databaseForHeartbeats(configuration, database)));
        LayerStores stores = stores(configuration, own, redis, database, heartbeats);
        SchemaHealthCheck schema = Given.by("schemaCheck", schemaCheck(heartbeats), "return a check");
        environment.lifecycle().manage(new SchemaAtStart(schema));
        stores.requireOwnRedis();
        IdempotencyRuntime wired = new RuntimeAssembly(NODE, settings, stores, environment, readiness).assemble();
        TransactionFilter transactions =
                new TransactionFilter(transactionsOn(configuration, database), joining(configuration, environment));
        protect(configuration, environment, settings, wired, transactions);
        OperatorEndpoints operators =
                new OperatorEndpoints(NODE, stores, wired, environment, adminParts(configuration));
        operators.health(readiness, schema);
        operators.metrics();
        operators.tasks();
        operators.upkeep();
    }

    private void runTested(
            C configuration, Environment environment, IdempotencyConfiguration settings, TestedLayer layer) {
        IdempotencyRuntime wired = layer.runtime(settings, environment);
        protect(
                configuration,
                environment,
                settings,
                wired,
                layer.transactions(
                        () -> transactionsOn(configuration, Given.storeBy("database", database(configuration))),
                        joining(configuration, environment)));
        new TestedEndpoints(wired, environment, adminParts(configuration)).add(readiness);
    }

    private Jdbi transactionsOn(C configuration, DataSource database) {
        return Given.by("transactions", transactions(configuration, database), "return a Jdbi");
    }

    private List<ParticipantFactory<?>> joining(C configuration, Environment environment) {
        List<ParticipantFactory<?>> factories =
                Given.by("participants", participants(configuration), "return a list, such as List.of()");
        for (ParticipantFactory<?> factory : factories) {
            factory.components().forEach(environment.jersey()::register);
            environment.lifecycle().manage(starting(factory));
        }
        return factories;
    }

    private static Managed starting(ParticipantFactory<?> factory) {
        return new Managed() {
            @Override
            public void start() {
                factory.start();
            }
        };
    }

    private static void requireNoOther(Environment environment) {
        String present = IdempotencyBundle.class.getName();
        if (environment.getApplicationContext().getAttribute(present) != null) {
            throw new IllegalStateException(
                    "This application has two instances of IdempotencyBundle: keep one call of addBundle."
                            + " One bundle protects all resources; policies that differ go to idempotency.policies");
        }
        environment.getApplicationContext().setAttribute(present, true);
    }

    private LayerStores stores(
            C configuration,
            OwnConnections own,
            Supplier<UnifiedJedis> redis,
            DataSource database,
            DataSource heartbeats) {
        RedisClients clients = own.beside(
                redis,
                Given.clientBy("redisForCopies", redisForCopies(configuration, redis)),
                Given.clientBy("redisForHeartbeats", redisForHeartbeats(configuration, redis)));
        String prefix = Given.by("redisKeyPrefix", redisKeyPrefix(configuration), "return a prefix, such as idem:");
        Duration patience = Given.timeBy("databaseTimeout", databaseTimeout(configuration));
        return LayerStores.of(clients, prefix, database, heartbeats, patience);
    }

    private void protect(
            C configuration,
            Environment environment,
            IdempotencyConfiguration settings,
            IdempotencyRuntime wired,
            TransactionFilter transactions) {
        runtime = wired;
        ScopeResolver scopes = Given.by("scopes", scopes(configuration), "return a ScopeResolver");
        ResourceConfig jersey = environment.jersey().getResourceConfig();
        RequestHooks hooks = Given.by("hooks", hooks(configuration), "return RequestHooks.none()");
        new JerseyLayer(wired, settings.rules(), scopes, transactions, hooks, lateAnswers(environment))
                .register(jersey);
        jersey.register(UnreadBodyListener.class);
        jersey.registerResources(ProblemTypeResource.ofKnownNames());
        LifetimeFilter.install(environment.servlets());
        environment.getApplicationContext().addEventListener(new ClientLivenessListener());
        environment.lifecycle().addEventListener(LingeringClose.inserter());
        environment.lifecycle().addEventListener(Http2Requests.installer());
        environment.lifecycle().addEventListener(ProblemTypeHandler.inserter(environment));
    }

    /** Managed after the engine, so that it stops before. */
    private static LateAnswers lateAnswers(Environment environment) {
        LateAnswers answers = new LateAnswers(environment
                .lifecycle()
                .scheduledExecutorService("idempotency-late-answers", true)
                .removeOnCancelPolicy(true)
                .build());
        environment.lifecycle().manage(answers);
        return answers;
    }
}
