package dev.idem.service;

import ch.qos.logback.classic.LoggerContext;
import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Users;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.admin.AdminParts;
import dev.idem.dropwizard.body.UnprotectedBodyLimit;
import dev.idem.dropwizard.body.UnreadBodyListener;
import dev.idem.dropwizard.health.SchemaHealthCheck;
import dev.idem.dropwizard.problem.ProblemErrorHandler;
import dev.idem.dropwizard.problem.ProblemMappers;
import dev.idem.dropwizard.problem.ProblemTypeResource;
import dev.idem.dropwizard.request.RequestEnd;
import dev.idem.dropwizard.task.RedactingTask;
import dev.idem.gateway.Gateway;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.http.memory.BodyMemory;
import dev.idem.http.policy.RoutePolicy;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.event.AuditEventTable;
import dev.idem.postgres.rollout.RolloutTable;
import dev.idem.service.address.ClientAddresses;
import dev.idem.service.admin.AdminApi;
import dev.idem.service.admin.gateway.GatewayRoutesResource;
import dev.idem.service.admin.rollout.RolloutResource;
import dev.idem.service.adminport.AdminPort;
import dev.idem.service.auth.AccessTokens;
import dev.idem.service.auth.BearerAuthentication;
import dev.idem.service.auth.JwtSecret;
import dev.idem.service.auth.LoginResource;
import dev.idem.service.body.ContentDecodingFilter;
import dev.idem.service.config.EnvironmentDefaults;
import dev.idem.service.config.IdemConfiguration;
import dev.idem.service.console.ConsoleRedirect;
import dev.idem.service.console.ConsoleResource;
import dev.idem.service.http2.Http2Connectors;
import dev.idem.service.log.LibraryLogLevels;
import dev.idem.service.log.LogEnd;
import dev.idem.service.log.LogLevelTask;
import dev.idem.service.log.QuietRequestLog;
import dev.idem.service.log.SentencesOnly;
import dev.idem.service.log.WireLogLevels;
import dev.idem.service.memory.OutOfMemoryWatch;
import dev.idem.service.openapi.OpenApiResource;
import dev.idem.service.reload.ConfigReloader;
import dev.idem.service.reload.ReloadRoutesTask;
import dev.idem.service.reload.RouteReload;
import dev.idem.service.reload.SighupHandler;
import dev.idem.service.share.Shares;
import dev.idem.service.share.SharesResource;
import dev.idem.service.shutdown.Drain;
import dev.idem.service.stores.CommandErrors;
import dev.idem.service.stores.OwnDatabase;
import dev.idem.service.stores.SchemaCommands;
import dev.idem.service.stores.ServiceTables;
import dev.idem.service.stores.StoresBundle;
import io.dropwizard.core.Application;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** The service: {@code java -jar service.jar server config.yml}. */
public final class IdemApplication extends Application<IdemConfiguration> {
    /** The first JDK in which a virtual thread that waits in a synchronized block releases its carrier (JEP 491). */
    private static final int VIRTUAL_THREADS_SINCE = 24;

    private static final Logger log = LoggerFactory.getLogger(IdemApplication.class);

    private final StoresBundle stores = new StoresBundle();
    private final IdempotencyBundle<IdemConfiguration> idempotency = idempotency();
    private final EnvironmentDefaults defaults =
            new EnvironmentDefaults(name -> Optional.ofNullable(System.getenv(name)));
    private final ConfigReloader<IdemConfiguration> file = new ConfigReloader<>(defaults.factories());

    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT); // logs, metrics and libraries write for machines
        NameLookups.rememberShortly();
        OutOfMemoryWatch.overThreads();
        try {
            new IdemApplication().run(arguments);
        } finally {
            if (arguments.length == 0 || !arguments[0].equals(StartCommand.NAME)) {
                LogEnd.write();
            }
        }
    }

    @Override
    protected void onFatalError(Throwable failure) {
        LogEnd.write();
        super.onFatalError(failure);
    }

    @Override
    public String getName() {
        return "idem";
    }

    @Override
    public void initialize(Bootstrap<IdemConfiguration> bootstrap) {
        bootstrap.setConfigurationFactoryFactory(file);
        Http2Connectors.areReadBy(bootstrap.getObjectMapper());
        bootstrap.addBundle(new SchemaCommands());
        bootstrap.addBundle(stores);
        bootstrap.addBundle(idempotency);
    }

    @Override
    protected void addDefaultCommands(Bootstrap<IdemConfiguration> bootstrap) {
        bootstrap.addCommand(new StartCommand(this));
        bootstrap.addCommand(new io.dropwizard.core.cli.CheckCommand<>(this));
    }

    @Override
    public void run(IdemConfiguration configuration, Environment environment) {
        defaults.chosen().forEach(log::info);
        Connectors.allowModernCiphers(configuration.getServerFactory());
        if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
            server.setEnableVirtualThreads(Runtime.version().feature() >= VIRTUAL_THREADS_SINCE);
            server.setEnableThreadNameFilter(false); // a name would be the request's URL, with its query, in the log
        }
        OwnDatabase database = new OwnDatabase(stores.database(), configuration.database(), this::failureOfPostgres);
        Users users = new Users(database.quick(), new PasswordHasher());
        SeededUsers seeded = new SeededUsers(users);
        boolean reachable = Connectors.listenBeyondLoopback(configuration.getServerFactory());
        if (configuration.database().target() instanceof DatabaseTarget.Embedded
                && configuration.auth().hasSeededUsers()) {
            seeded.seed(reachable);
        }
        if (reachable) {
            seeded.requireUnusable();
        }
        AccessTokens tokens = new AccessTokens(
                configuration.auth().secret().orElseGet(() -> JwtSecret.ofDataDirectory(configuration.dataDirectory())),
                configuration.auth().lifetime());

        RoutePolicy usual = configuration.idempotency().rules().usual();
        Gateway gateway = openGateway(configuration, environment);
        List<Object> operators = new ArrayList<>(List.of(
                new ProblemMappers(),
                new BearerAuthentication(users, tokens, environment.metrics()),
                new LoginResource(
                        users, tokens, new ClientAddresses(configuration.auth().proxies())),
                new RolloutResource(
                        idempotency.protection().rollout(),
                        new RolloutTable(database.quick()),
                        users,
                        new AuditEventTable(database.quick())),
                new GatewayRoutesResource(gateway)));
        operators.addAll(new AdminApi(
                        idempotency.protection(),
                        stores.redis(),
                        database.quick(),
                        database.patient(),
                        usual.engine().consistency())
                .install(environment));
        operators.forEach(environment.jersey()::register);
        RoutePolicy shares = configuration.sharesPolicy();
        environment.jersey().register(new ContentDecodingFilter(shares.maxRequestBody()));
        environment
                .jersey()
                .register(new UnprotectedBodyLimit(idempotency.protection().memory()));
        environment.jersey().register(new SharesResource(new Shares(database.quick())));
        environment.jersey().register(new OpenApiResource(shares));
        openAdminPort(
                configuration, environment, operators, idempotency.protection().memory());
        if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
            ContentDecodingFilter.areNotDecodedBy(server);
            ProblemErrorHandler.areProblems(
                    environment,
                    server.getAllowedMethods()); // it reads the bodies of tasks, and so comes after the admin port's
            // filter
        }
        environment
                .lifecycle()
                .addEventListener(new Drain(
                        idempotency.readiness(), configuration.shutdown().drain()));
        OutOfMemoryWatch.install(environment);
        keepTheLogClean(environment);
    }

    private Optional<StoreUnavailableException> failureOfPostgres() {
        return idempotency.protection().engine().status().postgres().failure();
    }

    /** The operators' API is on both ports, the console on the admin port alone. */
    private static void openAdminPort(
            IdemConfiguration configuration, Environment environment, List<Object> operators, BodyMemory memory) {
        AdminPort port = new AdminPort(configuration.admin(), environment);
        port.open(Stream.concat(
                        operators.stream(),
                        Stream.of(
                                new ContentDecodingFilter(UnprotectedBodyLimit.LONGEST),
                                new UnprotectedBodyLimit(memory),
                                new RequestEnd(),
                                new ConsoleResource(),
                                new ProblemTypeResource(),
                                UnreadBodyListener.class))
                .toList());
        environment.jersey().register(new ConsoleRedirect(port));
    }

    private static void keepTheLogClean(Environment environment) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.addTurboFilter(
                new SentencesOnly(failure -> CommandErrors.sentence(failure).isPresent()));
        new LibraryLogLevels(context).silenceUnlessConfigured();
        new WireLogLevels(context).quietenAsConfigured();
        environment.lifecycle().addEventListener(new QuietRequestLog());
        environment.admin().addTask(new RedactingTask(new LogLevelTask(context)));
    }

    private Gateway openGateway(IdemConfiguration configuration, Environment environment) {
        Gateway gateway = new Gateway(
                configuration.routes(),
                idempotency.protection(),
                configuration.idempotency().rules().usual().cors(),
                UnprotectedBodyLimit.LONGEST);
        environment.lifecycle().addEventListener(gateway);
        environment.lifecycle().manage(gateway);
        RouteReload reload = new RouteReload(file, defaults::sections, gateway);
        environment.lifecycle().manage(new SighupHandler(reload));
        environment.admin().addTask(new RedactingTask(new ReloadRoutesTask(reload)));
        return gateway;
    }

    private IdempotencyBundle<IdemConfiguration> idempotency() {
        return new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(IdemConfiguration configuration) {
                return configuration.idempotency();
            }

            @Override
            protected Supplier<UnifiedJedis> redis(IdemConfiguration configuration) {
                return stores.redis();
            }

            @Override
            protected Supplier<UnifiedJedis> redisForCopies(
                    IdemConfiguration configuration, Supplier<UnifiedJedis> redis) {
                return stores.redisForCopies();
            }

            @Override
            protected Supplier<UnifiedJedis> redisForHeartbeats(
                    IdemConfiguration configuration, Supplier<UnifiedJedis> redis) {
                return stores.redisForHeartbeats();
            }

            @Override
            protected DataSource database(IdemConfiguration configuration) {
                return stores.database();
            }

            @Override
            protected Duration databaseTimeout(IdemConfiguration configuration) {
                return configuration.database().timeoutOrDefault();
            }

            /** Its tables are in one place with the layer's, and its statements end before their client gives up. */
            @Override
            protected Jdbi transactions(IdemConfiguration configuration, DataSource database) {
                return OwnDatabase.ofTransactions(
                        database, configuration.database(), IdemApplication.this::failureOfPostgres);
            }

            @Override
            protected DataSource databaseForHeartbeats(IdemConfiguration configuration, DataSource database) {
                return stores.databaseForHeartbeats();
            }

            @Override
            protected AdminParts adminParts(IdemConfiguration configuration) {
                return AdminParts.withPlainNames();
            }

            @Override
            protected SchemaHealthCheck schemaCheck(DataSource database) {
                return new SchemaHealthCheck(ServiceTables.in(database), "idem-admin migrate");
            }

            @Override
            protected String redisKeyPrefix(IdemConfiguration configuration) {
                return configuration.redis().keyPrefixOrDefault();
            }

            @Override
            protected boolean answersAcrossOrigins() {
                return true;
            }
        };
    }
}
