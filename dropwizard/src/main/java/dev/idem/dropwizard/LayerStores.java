package dev.idem.dropwizard;

import com.codahale.metrics.health.HealthCheck;
import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.store.DurableStore;
import dev.idem.core.store.FastStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.ForeignInstallationException;
import dev.idem.core.store.authority.Installation;
import dev.idem.dropwizard.health.PostgresHealthCheck;
import dev.idem.dropwizard.health.RedisHealthCheck;
import dev.idem.dropwizard.pool.BoundedConnections;
import dev.idem.dropwizard.pool.QuickConnections;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.redis.RedisClients;
import dev.idem.redis.RedisFastStore;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** The application's stores, as the layer uses and checks them. Thread-safe. */
record LayerStores(
        Supplier<UnifiedJedis> redis,
        FastStore fast,
        DataSource database,
        DataSource heartbeats,
        Jdbi jdbi,
        DurableStore durable) {
    /** For statements that an operator waits for; requests need the pool more. */
    private static final int OPERATORS_CONNECTIONS = 4;

    private static final Logger log = LoggerFactory.getLogger(LayerStores.class);

    /**
     * @param prefix of the layer's keys in Redis
     * @param heartbeats a small pool of its own
     * @param patience of a request for one step in the database
     */
    static LayerStores of(
            RedisClients redis, String prefix, DataSource database, DataSource heartbeats, Duration patience) {
        Jdbi jdbi = StoreJdbi.on(database);
        PostgresDurableStore.Steps steps = new PostgresDurableStore.Steps(
                StoreJdbi.on(QuickConnections.ofAll(database, patience)),
                StoreJdbi.on(QuickConnections.ofAll(heartbeats, patience)));
        return new LayerStores(
                redis.requests(),
                new RedisFastStore(redis, prefix),
                database,
                heartbeats,
                jdbi,
                new PostgresDurableStore(jdbi, StoreJdbi.on(heartbeats), steps));
    }

    /** @throws ForeignInstallationException if Redis belongs to another installation */
    void requireOwnRedis() {
        try {
            Installation ours = durable.installation();
            Installation owner = fast.owner().claim(ours);
            if (!owner.is(ours)) {
                throw new ForeignInstallationException(fast.name(), ours, owner);
            }
        } catch (StoreUnavailableException e) {
            log.warn("It is not known yet whose Redis this is: {}", e.getMessage());
        }
    }

    /**
     * For statements that somebody waits for on the admin port: they fail soon while PostgreSQL is silent.
     *
     * @param status the engine's
     */
    Jdbi forOperators(Supplier<EngineStatus> status) {
        return bounded(database, OPERATORS_CONNECTIONS, status);
    }

    private static Jdbi bounded(DataSource pool, int most, Supplier<EngineStatus> status) {
        return StoreJdbi.on(
                new BoundedConnections(pool::getConnection, most, BoundedConnections.USUAL_BOUND, () -> status.get()
                                .postgres()
                                .failure())
                        .patient());
    }

    /**
     * The health of both stores. It is told also while the application occupies its own pool.
     *
     * @param status the engine's
     * @return by name
     */
    Map<String, HealthCheck> healthChecks(Supplier<EngineStatus> status) {
        return Map.of(
                "redis",
                new RedisHealthCheck(redis, status),
                "postgresql",
                new PostgresHealthCheck(
                        status, new PostgresRights(PostgresStore.NAME, bounded(heartbeats, 1, status))));
    }
}
