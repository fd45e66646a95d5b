package dev.idem.dropwizard;

import com.codahale.metrics.MetricRegistry;
import dev.idem.dropwizard.health.Readiness;
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
import jakarta.annotation.Priority;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.SecurityContext;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/** An application with the bundle, as a user writes it: one that opens its stores where the bundle asks for them. */
final class TestApplication extends Application<Configuration> {
    private final String redisUrl;
    private final String keyPrefix;
    private final String jdbcUrl;
    private final IdempotencyConfiguration idempotency;
    private final List<Object> resources;
    private final int connections;
    private final IdempotencyBundle<Configuration> bundle = bundle();
    private @Nullable UnifiedJedis redis;
    private @Nullable ManagedDataSource database;
    private MetricRegistry metrics = new MetricRegistry();

    TestApplication(
            String redisUrl,
            String keyPrefix,
            String jdbcUrl,
            IdempotencyConfiguration idempotency,
            List<Object> resources) {
        this(redisUrl, keyPrefix, jdbcUrl, idempotency, resources, 16);
    }

    /** @param connections the size of its database pool */
    TestApplication(
            String redisUrl,
            String keyPrefix,
            String jdbcUrl,
            IdempotencyConfiguration idempotency,
            List<Object> resources,
            int connections) {
        this.connections = connections;
        this.redisUrl = redisUrl;
        this.keyPrefix = keyPrefix;
        this.jdbcUrl = jdbcUrl;
        this.idempotency = idempotency;
        this.resources = resources;
    }

    @Override
    public void initialize(Bootstrap<Configuration> bootstrap) {
        metrics = bootstrap.getMetricRegistry();
        bootstrap.addBundle(new ConfiguredBundle<>() {
            @Override
            public void run(Configuration configuration, Environment environment) {
                environment.lifecycle().manage(new AutoCloseableManager(TestApplication.this::close));
            }
        });
        bootstrap.addBundle(bundle);
    }

    @Override
    public void run(Configuration configuration, Environment environment) {
        environment.jersey().register(new ProblemMappers());
        environment.jersey().register(new UserOfHeader());
        resources.forEach(resource -> add(environment, resource));
    }

    /** Whether this node is ready, for tests that change it. */
    Readiness readiness() {
        return bundle.readiness();
    }

    /** The pool that the application and the layer share. */
    DataSource database() {
        return Objects.requireNonNull(database);
    }

    /** The client that the application and the layer share. */
    RedisClient redis() {
        return (RedisClient) Objects.requireNonNull(redis);
    }

    private IdempotencyBundle<Configuration> bundle() {
        return new IdempotencyBundle<>() {
            @Override
            protected IdempotencyConfiguration idempotency(Configuration configuration) {
                return idempotency;
            }

            @Override
            protected Supplier<UnifiedJedis> redis(Configuration configuration) {
                UnifiedJedis opened = onlyOne(
                        redis,
                        RedisConnections.open(
                                (RedisTarget.External) RedisTarget.parse(redisUrl, null),
                                RedisConnections.DEFAULT_TIMEOUT));
                redis = opened;
                return () -> opened;
            }

            @Override
            protected DataSource database(Configuration configuration) {
                ManagedDataSource opened = onlyOne(database, pool().build(metrics, "database"));
                database = started(opened);
                return opened;
            }

            @Override
            protected String redisKeyPrefix(Configuration configuration) {
                return keyPrefix;
            }
        };
    }

    /** Which shows its metrics from then on. */
    private static ManagedDataSource started(ManagedDataSource pool) {
        try {
            pool.start();
            return pool;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T onlyOne(@Nullable T before, T next) {
        if (before != null) {
            throw new IllegalStateException("the bundle asks for a second one");
        }
        return next;
    }

    private void close() throws Exception {
        if (redis != null) {
            redis.close();
        }
        if (database != null) {
            database.stop();
        }
    }

    private static void add(Environment environment, Object resource) {
        if (resource instanceof Filter filter) {
            environment
                    .servlets()
                    .addFilter("filter", filter)
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        } else if (resource instanceof Class<?> type) {
            environment.jersey().register(type);
        } else {
            environment.jersey().register(resource);
        }
    }

    private DataSourceFactory pool() {
        DataSourceFactory pool = new DataSourceFactory();
        pool.setDriverClass("org.postgresql.Driver");
        pool.setUrl(jdbcUrl);
        pool.setInitialSize(0);
        pool.setMinSize(0);
        pool.setMaxSize(connections);
        pool.setMaxWaitForConnection(Duration.seconds(1));
        pool.setCheckConnectionOnBorrow(true);
        pool.setValidationInterval(Duration.milliseconds(1));
        pool.setProperties(Map.of("connectTimeout", "1", "socketTimeout", "2"));
        return pool;
    }

    /** Accepts any name without a password. */
    @Priority(Priorities.AUTHENTICATION)
    private static final class UserOfHeader implements ContainerRequestFilter {
        @Override
        public void filter(ContainerRequestContext request) {
            @Nullable String user = request.getHeaderString("X-User");
            if (user != null) {
                request.setSecurityContext(new Named(() -> user));
            }
        }
    }

    private record Named(Principal user) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return user;
        }

        @Override
        public boolean isUserInRole(String role) {
            return false;
        }

        @Override
        public boolean isSecure() {
            return false;
        }

        @Override
        public String getAuthenticationScheme() {
            return "test";
        }
    }
}
