package dev.idem.benchmarks.http.app;

import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.configfile.ConfigFileFactories;
import dev.idem.dropwizard.problem.ProblemMappers;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.postgres.schema.Schema;
import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** {@code POST /orders}, protected as the configuration says. */
public final class OrdersApplication extends Application<OrdersConfiguration> {
    private static final int REDIS_POOL = 32;
    private static final int DATABASE_POOL = 16;

    /** {@code server FILE}, as with every Dropwizard application. It ends with the process that started it. */
    public static void main(String[] arguments) throws Exception {
        Locale.setDefault(Locale.ROOT); // logs, metrics and libraries write for machines
        Thread starter = new Thread(OrdersApplication::awaitEndOfStarter, "starter");
        starter.setDaemon(true);
        starter.start();
        new OrdersApplication().run(arguments);
    }

    private static void awaitEndOfStarter() {
        try {
            // Nobody writes to it: it ends with its other end.
            System.in.readAllBytes();
        } catch (IOException e) {
            LoggerFactory.getLogger(OrdersApplication.class).warn("standard input cannot be read", e);
        }
        Runtime.getRuntime().halt(0);
    }

    @Override
    public void initialize(Bootstrap<OrdersConfiguration> bootstrap) {
        bootstrap.setConfigurationFactoryFactory(
                new ConfigFileFactories<>(name -> Optional.ofNullable(System.getenv(name))));
    }

    @Override
    protected void bootstrapLogging() {
        // The configuration says what is logged; until it is read nothing is.
    }

    @Override
    public void run(OrdersConfiguration configuration, Environment environment) throws Exception {
        Orders orders = new Orders();
        environment.jersey().register(new ProcessResource(orders));
        switch (configuration.protection()) {
            case NONE -> environment.jersey().register(new PlainResource(orders));
            case HAND_WRITTEN -> {
                LazyRedisClient redis = redis(configuration, environment);
                environment.jersey().register(new HandWrittenFilter(new MinimalScripts(redis.get())));
                environment.jersey().register(new PlainResource(orders));
            }
            case LAYER -> {
                protect(configuration, environment);
                environment.jersey().register(new ProtectedResource(orders));
            }
            case ATOMIC -> {
                protect(configuration, environment);
                environment.jersey().register(new AtomicResource(orders));
            }
        }
    }

    private static void protect(OrdersConfiguration configuration, Environment environment) {
        LazyRedisClient redis = redis(configuration, environment);
        ManagedDataSource database = database(configuration.database()).build(environment.metrics(), "database");
        // As the service has it.
        ((DataSourceProxy) database).setUseStatementFacade(false);
        environment.lifecycle().manage(database);
        new Schema(database).update();
        environment.jersey().register(new ProblemMappers());
        IdempotencyBundle<OrdersConfiguration> bundle = new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(OrdersConfiguration section) {
                return section.idempotency();
            }

            @Override
            protected Supplier<UnifiedJedis> redis(OrdersConfiguration section) {
                return redis;
            }

            @Override
            protected DataSource database(OrdersConfiguration section) {
                return database;
            }
        };
        bundle.run(configuration, environment);
    }

    private static LazyRedisClient redis(OrdersConfiguration configuration, Environment environment) {
        LazyRedisClient link = new LazyRedisClient(
                new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, REDIS_POOL),
                (RedisTarget.External) RedisTarget.parse(configuration.redis(), null));
        environment.lifecycle().manage(new AutoCloseableManager(link));
        return link;
    }

    private static DataSourceFactory database(String jdbcUrl) {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(jdbcUrl);
        pool.setInitialSize(0);
        pool.setMinSize(0);
        pool.setMaxSize(DATABASE_POOL);
        pool.setMaxWaitForConnection(Duration.seconds(5));
        pool.setValidationInterval(Duration.seconds(30));
        // Seconds.
        pool.setProperties(Map.of("connectTimeout", "1", "socketTimeout", "10"));
        return pool;
    }
}
