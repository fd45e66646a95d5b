package dev.idem.service.stores;

import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.DatabaseTarget;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.postgres.schema.Schema;
import dev.idem.postgres.schema.SchemaException;
import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.Managed;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens Redis and PostgreSQL before anything else runs. The schema of an embedded database is migrated; that of any
 * other is only checked.
 */
public final class StoresBundle implements ConfiguredBundle<IdemConfiguration> {
    private static final Logger log = LoggerFactory.getLogger(StoresBundle.class);
    private static final int REDIS_POOL_SIZE = 64;

    /** For the heartbeats of each consistency, the trust row and its turns, and the probe. */
    private static final int HEARTBEAT_CONNECTIONS = 4;

    private @Nullable LazyRedisClient redis;
    private @Nullable LazyRedisClient redisForCopies;
    private @Nullable LazyRedisClient redisForHeartbeats;
    private @Nullable ManagedDataSource database;
    private @Nullable ManagedDataSource databaseForHeartbeats;

    /** @throws StartupException if a store that the start needs is unavailable, or its schema is behind */
    @Override
    public void run(IdemConfiguration configuration, Environment environment) {
        EmbeddedServers embedded = new EmbeddedServers(configuration.dataDirectory());
        RedisTarget.External server = redisOf(configuration, embedded);
        RedisConnections usual = new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, REDIS_POOL_SIZE);
        LazyRedisClient link = new LazyRedisClient(usual, server);
        LazyRedisClient copies =
                new LazyRedisClient(usual.with(RedisConnections.COPY_TIMEOUT, RedisConnections.COPY_POOL_SIZE), server);
        boolean ours = configuration.database().target() instanceof DatabaseTarget.Embedded;
        LazyRedisClient heartbeats = new LazyRedisClient(
                usual.with(RedisConnections.DEFAULT_TIMEOUT, RedisConnections.HEARTBEAT_POOL_SIZE), server);
        DataSourceFactory factory = pool(configuration, embedded);
        ManagedDataSource pool = DatabasePool.direct(factory.build(environment.metrics(), "postgresql"));
        factory.setMaxSize(HEARTBEAT_CONNECTIONS);
        factory.setMinSize(HEARTBEAT_CONNECTIONS);
        ManagedDataSource small = DatabasePool.direct(factory.build(environment.metrics(), "postgresql-heartbeats"));
        embedded.watch(environment.lifecycle());
        environment.lifecycle().manage(closing(embedded, List.of(link, copies, heartbeats)));
        environment.lifecycle().manage(pool);
        environment.lifecycle().manage(small);
        prepare(ServiceTables.in(pool), ours);
        tellOfLackingRights(pool);
        redis = link;
        redisForCopies = copies;
        redisForHeartbeats = heartbeats;
        database = pool;
        databaseForHeartbeats = small;
    }

    /** The client, opened on first use. Only after this bundle has run. */
    public LazyRedisClient redis() {
        return Objects.requireNonNull(redis, "this bundle must be run first");
    }

    /** The client for copies in the background, opened on first use. Only after this bundle has run. */
    public LazyRedisClient redisForCopies() {
        return Objects.requireNonNull(redisForCopies, "this bundle must be run first");
    }

    /** The client for heartbeats and the watch over Redis, opened on first use. Only after this bundle has run. */
    public LazyRedisClient redisForHeartbeats() {
        return Objects.requireNonNull(redisForHeartbeats, "this bundle must be run first");
    }

    /** A small pool for heartbeats and the watch over both stores. Only after this bundle has run. */
    public ManagedDataSource databaseForHeartbeats() {
        return Objects.requireNonNull(databaseForHeartbeats, "this bundle must be run first");
    }

    /** Only after this bundle has run. */
    public ManagedDataSource database() {
        return Objects.requireNonNull(database, "this bundle must be run first");
    }

    /** The pool settings of a command's database; an embedded one is started for it. */
    public static DataSourceFactory forCommand(IdemConfiguration configuration) {
        return pool(configuration, new EmbeddedServers(configuration.dataDirectory()));
    }

    private static RedisTarget.External redisOf(IdemConfiguration configuration, EmbeddedServers embedded) {
        RedisTarget target = configuration.redis().target();
        if (target instanceof RedisTarget.External external) {
            log.info("Redis: {}", external.describe());
            return external;
        }
        return embedded.redis();
    }

    private static DataSourceFactory pool(IdemConfiguration configuration, EmbeddedServers embedded) {
        DatabaseTarget target = configuration.database().target();
        int size = configuration.database().poolSizeOrDefault();
        if (target instanceof DatabaseTarget.External external) {
            log.info("PostgreSQL: {}", external.describe());
            return DatabasePool.factory(external, size);
        }
        return DatabasePool.factory(embedded.postgres(), size);
    }

    private static void prepare(Schema schema, boolean ours) {
        try {
            if (ours) {
                List<String> applied = schema.update();
                if (!applied.isEmpty()) {
                    log.info("Schema migrated: {}", applied);
                }
            } else if (!schema.isCurrent()) {
                throw new StartupException(
                        "The database's schema is behind. The service migrates embedded databases only; run: idem-admin migrate");
            }
        } catch (SchemaException e) {
            throw new StartupException(
                    "PostgreSQL is not usable; check database.url (DATABASE_URL): " + e.getMessage(), e);
        }
    }

    /** A service that lacks a right runs, and only what needs the right fails, which may be seen late. */
    private static void tellOfLackingRights(DataSource database) {
        List<String> lacking = new PostgresRights(PostgresStore.NAME, StoreJdbi.on(database)).lacking();
        if (!lacking.isEmpty()) {
            log.error(
                    "The user in database.url (DATABASE_URL) lacks {}: GRANT these (docs/operations.md).",
                    String.join(", ", lacking));
        }
    }

    private static Managed closing(EmbeddedServers embedded, List<LazyRedisClient> clients) {
        return new Managed() {
            @Override
            public void start() {
                embedded.stopWithService();
            }

            @Override
            public void stop() {
                clients.forEach(LazyRedisClient::close);
                embedded.close();
            }
        };
    }
}
