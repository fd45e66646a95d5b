package dev.idem.core.engine;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.observe.EngineListener;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import redis.clients.jedis.UnifiedJedis;

/** A started engine on real stores, whose connections can be cut. */
final class Site implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_WAITING = 64;

    private final UnifiedJedis redis;
    private final MigratedDatabase database;
    private volatile boolean reachesRedis;
    private volatile boolean reachesDatabase;
    private volatile boolean redisDecides;
    final IdempotencyEngine engine;

    /** Which stores the engine can reach from the beginning. */
    enum Stores {
        BOTH,
        POSTGRESQL,
        NONE
    }

    /** @param clock this machine's, which may be wrong */
    Site(String node, TestRedis redisServer, TestDatabase databaseServer, Stores stores, InstantSource clock) {
        this(node, redisServer, databaseServer, stores, clock, 0);
    }

    private Site(
            String node,
            TestRedis redisServer,
            TestDatabase databaseServer,
            Stores stores,
            InstantSource clock,
            long nearCacheBytes) {
        redis = new RedisConnections(Duration.ofSeconds(5), MAX_WAITING)
                .open((RedisTarget.External) RedisTarget.parse(redisServer.url(), null));
        database = new MigratedDatabase(databaseServer);
        reachesRedis = stores == Stores.BOTH;
        reachesDatabase = stores != Stores.NONE;
        engine = new IdempotencyEngine(
                node,
                new EngineStores(
                        new RedisFastStore(this::redis, redisServer.keyPrefix()),
                        new PostgresDurableStore(StoreJdbi.on(this::connect)),
                        new MemoryStore(4 << 20, clock),
                        nearCacheBytes),
                MAX_WAITING,
                new EngineListener() {
                    @Override
                    public void trustChanged(boolean decides) {
                        redisDecides = decides;
                    }
                });
        engine.start();
        if (stores == Stores.BOTH) {
            awaitRedisDecides();
        }
    }

    /** An engine with a near cache. */
    static Site keepingNear(String node, TestRedis redisServer, TestDatabase databaseServer) {
        return new Site(node, redisServer, databaseServer, Stores.BOTH, InstantSource.system(), 1 << 20);
    }

    void awaitRedisDecides() {
        await().atMost(PATIENCE).until(() -> redisDecides);
    }

    void cutOff() {
        reachesRedis = false;
        reachesDatabase = false;
    }

    void reconnect() {
        reachesRedis = true;
        reachesDatabase = true;
    }

    void reconnectToRedis() {
        reachesRedis = true;
    }

    Claim claim(String key, Policy policy) {
        return engine.claim(Node.id(key), fingerprint(), policy, "POST /orders");
    }

    /** A claim of a request without a key. */
    Claim claim(String text, Duration window, Policy policy) {
        byte[] digest = Arrays.copyOf(text.getBytes(US_ASCII), Fingerprint.LENGTH);
        return engine.claim(Node.id("none").scope(), new Fingerprint(digest), window, policy, "POST /orders");
    }

    static Policy policy(Consistency consistency, Duration wait, OnStoreFailure onStoreFailure) {
        return new Policy(Duration.ofHours(1), Duration.ofSeconds(30), wait, onStoreFailure, consistency);
    }

    UnifiedJedis redis() {
        if (!reachesRedis) {
            throw new StoreUnavailableException("redis", "cut off");
        }
        return redis;
    }

    private Connection connect() throws SQLException {
        if (!reachesDatabase) {
            throw new SQLException("cut off", "08001");
        }
        return database.connect();
    }

    private static Fingerprint fingerprint() {
        return new Fingerprint(new byte[Fingerprint.LENGTH]);
    }

    @Override
    public void close() {
        engine.close();
        database.close();
        redis.close();
    }
}
