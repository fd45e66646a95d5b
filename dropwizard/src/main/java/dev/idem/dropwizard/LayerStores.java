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
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.postgres.probe.PostgresRights;
import dev.idem.redis.RedisClients;
import dev.idem.redis.RedisFastStore;
import java.util.Map;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/** The application's stores, as the layer uses and checks them. Thread-safe. */
record LayerStores(Supplier<UnifiedJedis> redis, FastStore fast, Jdbi jdbi, DurableStore durable) {
    private static final Logger log = LoggerFactory.getLogger(LayerStores.class);

    /**
     * @param prefix of the layer's keys in Redis
     * @param heartbeats a small pool of its own
     */
    static LayerStores of(RedisClients redis, String prefix, DataSource database, DataSource heartbeats) {
        Jdbi jdbi = StoreJdbi.on(database);
        return new LayerStores(
                redis.requests(),
                new RedisFastStore(redis, prefix),
                jdbi,
                new PostgresDurableStore(jdbi, StoreJdbi.on(heartbeats)));
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

    /** @return by name */
    Map<String, HealthCheck> healthChecks(Supplier<EngineStatus> status) {
        return Map.of(
                "redis",
                new RedisHealthCheck(redis, status),
                "postgresql",
                new PostgresHealthCheck(status, new PostgresRights(PostgresStore.NAME, jdbi)));
    }
}
