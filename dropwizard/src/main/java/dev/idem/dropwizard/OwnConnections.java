package dev.idem.dropwizard;

import dev.idem.dropwizard.pool.HeartbeatPool;
import dev.idem.redis.RedisClients;
import dev.idem.redis.connect.ClientBeside;
import dev.idem.redis.connect.LazyRedisClient;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.UnifiedJedis;

/**
 * Connections of the layer's own beside those that an application has and shares with it: the application can neither occupy them
 * nor make them wait for long. They are closed with the application.
 */
record OwnConnections(LifecycleEnvironment lifecycle) {
    private static final Logger log = LoggerFactory.getLogger(OwnConnections.class);

    /**
     * The clients of one Redis.
     *
     * @param heartbeats {@code requests} if the application has no other one
     */
    RedisClients beside(
            Supplier<UnifiedJedis> requests, Supplier<UnifiedJedis> copies, Supplier<UnifiedJedis> heartbeats) {
        Supplier<UnifiedJedis> small =
                heartbeats == requests ? managed(ClientBeside.forHeartbeats(requests)) : heartbeats;
        Supplier<UnifiedJedis> bounded =
                requests instanceof LazyRedisClient ? requests : managed(ClientBeside.forRequests(requests));
        return new RedisClients(bounded, copies, small);
    }

    /**
     * The pool for heartbeats.
     *
     * @param heartbeats {@code database} if the application has no other one
     */
    DataSource beside(DataSource database, DataSource heartbeats) {
        if (heartbeats != database) {
            return heartbeats;
        }
        Optional<HeartbeatPool> own = HeartbeatPool.beside(database);
        own.ifPresentOrElse(
                lifecycle::manage,
                () -> log.info(
                        "Heartbeats share the application's connections: {} is no pool beside which the bundle opens one of its own."
                                + " Override IdempotencyBundle.databaseForHeartbeats to give them one.",
                        database.getClass().getName()));
        return own.map(HeartbeatPool::connections).orElse(database);
    }

    private ClientBeside managed(ClientBeside client) {
        lifecycle.manage(new AutoCloseableManager(client));
        return client;
    }
}
