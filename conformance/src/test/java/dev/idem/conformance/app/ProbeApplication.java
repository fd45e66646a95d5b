package dev.idem.conformance.app;

import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.problem.ProblemMappers;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.util.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import redis.clients.jedis.UnifiedJedis;

/** An application as users of the bundle write it. */
final class ProbeApplication extends Application<Configuration> {
    private final Stores stores;
    private final IdempotencyConfiguration idempotency;

    ProbeApplication(Stores stores, IdempotencyConfiguration idempotency) {
        this.stores = stores;
        this.idempotency = idempotency;
    }

    @Override
    public void initialize(Bootstrap<Configuration> bootstrap) {
        UnifiedJedis redis = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(stores.redis(), null), RedisConnections.DEFAULT_TIMEOUT);
        ManagedDataSource database = pool().build(bootstrap.getMetricRegistry(), "database");
        bootstrap.addBundle(new ConfiguredBundle<>() {
            @Override
            public void run(Configuration configuration, Environment environment) {
                environment.lifecycle().manage(new AutoCloseableManager(redis));
                environment.lifecycle().manage(database);
            }
        });
        bootstrap.addBundle(new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(Configuration configuration) {
                return idempotency;
            }

            @Override
            protected Supplier<UnifiedJedis> redis(Configuration configuration) {
                return () -> redis;
            }

            @Override
            protected DataSource database(Configuration configuration) {
                return database;
            }

            @Override
            protected String redisKeyPrefix(Configuration configuration) {
                return stores.keyPrefix();
            }
        });
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        Runs runs = new Runs();
        environment.jersey().register(new ProblemMappers());
        environment.jersey().register(new UserOfHeader());
        environment.jersey().register(new RefuseOnDemand());
        environment.jersey().register(new Probe(runs));
        environment.jersey().register(new ProbeControl(runs));
    }

    private DataSourceFactory pool() {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(stores.database());
        pool.setInitialSize(0);
        pool.setMinSize(0);
        pool.setMaxSize(32);
        pool.setMaxWaitForConnection(Duration.seconds(5));
        pool.setCheckConnectionOnBorrow(true);
        pool.setValidationInterval(Duration.seconds(1));
        // Seconds.
        pool.setProperties(Map.of("connectTimeout", "1", "socketTimeout", "5"));
        return pool;
    }
}
