package dev.idem.dropwizard.sections;

import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.lifecycle.AutoCloseableManager;
import org.apache.tomcat.jdbc.pool.DataSourceProxy;

/**
 * Clients of Redis, for requests, for copies, and for heartbeats, which come in time while requests occupy the others; and the pool
 * of the database. They connect when they are first used. Thread-safe.
 */
record OpenStores(
        LazyRedisClient redis,
        LazyRedisClient redisForCopies,
        LazyRedisClient redisForHeartbeats,
        ManagedDataSource database) {
    private static final int REDIS_CONNECTIONS = 64;

    /** The application closes them when it stops. */
    static OpenStores of(RedisSection redis, DatabaseSection database, Environment environment) {
        RedisConnections usual = new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, REDIS_CONNECTIONS);
        ManagedDataSource requests = direct(database.completed().build(environment.metrics(), "postgresql"));
        OpenStores stores = new OpenStores(
                client(usual, redis, environment),
                client(usual.with(RedisConnections.COPY_TIMEOUT, RedisConnections.COPY_POOL_SIZE), redis, environment),
                client(
                        usual.with(RedisConnections.DEFAULT_TIMEOUT, RedisConnections.HEARTBEAT_POOL_SIZE),
                        redis,
                        environment),
                requests);
        environment.lifecycle().manage(requests);
        return stores;
    }

    private static LazyRedisClient client(RedisConnections connections, RedisSection redis, Environment environment) {
        LazyRedisClient client = new LazyRedisClient(connections, redis.target());
        environment.lifecycle().manage(new AutoCloseableManager(client));
        return client;
    }

    /** Without the pool's proxies for statements and results, which use reflection for each column of each row. */
    private static ManagedDataSource direct(ManagedDataSource pool) {
        ((DataSourceProxy) pool).setUseStatementFacade(false);
        return pool;
    }
}
