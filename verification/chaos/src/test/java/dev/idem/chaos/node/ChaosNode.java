package dev.idem.chaos.node;

import dev.idem.dropwizard.IdempotencyBundle;
import dev.idem.dropwizard.problem.ProblemMappers;
import dev.idem.http.config.IdempotencyConfiguration;
import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import io.dropwizard.core.Application;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.io.IOException;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** An application as users of the bundle write it, to be run in a process of its own and mistreated there. */
public final class ChaosNode extends Application<ChaosConfiguration> {
    private static final int POOL_SIZE = 32;

    private @Nullable LazyRedisClient redis;
    private @Nullable DataSource database;

    /** {@code server FILE}, as with every Dropwizard application. It ends with the process that started it. */
    public static void main(String[] arguments) throws Exception {
        Thread starter = new Thread(ChaosNode::awaitEndOfStarter, "starter");
        starter.setDaemon(true);
        starter.start();
        new ChaosNode().run(arguments);
    }

    @Override
    public void initialize(Bootstrap<ChaosConfiguration> bootstrap) {
        bootstrap.addBundle(new ConfiguredBundle<>() {
            @Override
            public void run(ChaosConfiguration configuration, Environment environment) {
                openStores(configuration, environment);
            }
        });
        bootstrap.addBundle(new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(ChaosConfiguration configuration) {
                return configuration.idempotency();
            }

            @Override
            protected Supplier<UnifiedJedis> redis(ChaosConfiguration configuration) {
                return Objects.requireNonNull(redis);
            }

            @Override
            protected DataSource database(ChaosConfiguration configuration) {
                return Objects.requireNonNull(database);
            }
        });
    }

    private static void awaitEndOfStarter() {
        try {
            // The starter writes nothing; the stream ends when the starter does.
            System.in.readAllBytes();
        } catch (IOException e) {
            LoggerFactory.getLogger(ChaosNode.class).warn("standard input cannot be read", e);
        }
        Runtime.getRuntime().halt(0);
    }

    private void openStores(ChaosConfiguration configuration, Environment environment) {
        redis = new LazyRedisClient(
                new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, POOL_SIZE),
                (RedisTarget.External) RedisTarget.parse(configuration.redis(), null));
        environment.lifecycle().manage(new AutoCloseableManager(redis));
        var pool = DatabasePool.factory(configuration.database(), POOL_SIZE).build(environment.metrics(), "database");
        environment.lifecycle().manage(pool);
        database = pool;
    }

    @Override
    public void run(ChaosConfiguration configuration, Environment environment) {
        environment.jersey().register(new ProblemMappers());
        environment.jersey().register(new UserOfHeader());
        environment
                .jersey()
                .register(new PlainResource(
                        configuration.number(),
                        new LedgerClient(configuration.ledger(), environment.getObjectMapper())));
        environment.jersey().register(new AtomicResource(configuration.number()));
    }
}
