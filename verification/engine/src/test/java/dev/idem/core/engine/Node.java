package dev.idem.core.engine;

import dev.idem.core.engine.observe.EngineStatus;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.memory.MemoryStore;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.connect.StoreJdbi;
import dev.idem.redis.RedisClients;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.tomcat.jdbc.pool.DataSource;
import org.apache.tomcat.jdbc.pool.PoolProperties;
import redis.clients.jedis.UnifiedJedis;

/** One process's engine on real stores, with its own clients. */
final class Node implements AutoCloseable {
    static final Duration LOCK_TIMEOUT = Duration.ofSeconds(2);

    private final Duration lockTimeout;
    private final UnifiedJedis redis;
    private final DataSource pool;
    private final IdempotencyEngine engine;
    private volatile boolean losesDatabase;
    private volatile boolean losesRedis;
    private volatile boolean busy;
    private final AtomicBoolean redisDecides = new AtomicBoolean();
    final RecordingListener listener = new RecordingListener() {
        @Override
        public void trustChanged(boolean decides) {
            redisDecides.set(decides);
        }
    };

    /** Starts it. */
    Node(String name, String redisUrl, String jdbcUrl) {
        this(name, redisUrl, jdbcUrl, LOCK_TIMEOUT, RedisConnections.DEFAULT_TIMEOUT);
    }

    /** Starts it. */
    Node(String name, String redisUrl, String jdbcUrl, Duration lockTimeout, Duration redisTimeout) {
        this(name, (RedisTarget.External) RedisTarget.parse(redisUrl, null), jdbcUrl, lockTimeout, redisTimeout);
    }

    /** Starts it. */
    Node(String name, RedisTarget.External target, String jdbcUrl, Duration lockTimeout, Duration redisTimeout) {
        this.lockTimeout = lockTimeout;
        redis = RedisConnections.open(target, redisTimeout);
        PoolProperties properties = new PoolProperties();
        properties.setUrl(jdbcUrl + "&socketTimeout=3&connectTimeout=2");
        properties.setDriverClassName("org.postgresql.Driver");
        properties.setMaxActive(16);
        properties.setTestOnBorrow(true);
        properties.setValidationInterval(500);
        properties.setValidationQueryTimeout(1);
        pool = new DataSource(properties);
        engine = new IdempotencyEngine(
                name,
                new EngineStores(
                        new RedisFastStore(new RedisClients(this::redis, this::redis, this::idleRedis), "t:"),
                        new PostgresDurableStore(StoreJdbi.on(this::connect), StoreJdbi.on(this::connectIdle)),
                        new MemoryStore(1 << 20, InstantSource.system()),
                        0),
                8,
                listener);
        engine.start();
    }

    /** This node's view of the authoritative store. */
    boolean redisDecides() {
        return redisDecides.get();
    }

    Claim claim(String key) {
        return claim(key, Consistency.FAST);
    }

    Claim claim(String key, Consistency consistency) {
        return engine.claim(
                id(key), new Fingerprint(new byte[Fingerprint.LENGTH]), policy(consistency), "POST /orders");
    }

    Lease acquire(String key) {
        return ((Claim.Acquired) claim(key)).lease();
    }

    CompletionOutcome complete(Lease lease, Answer answer) {
        return engine.complete(lease, answer);
    }

    void abandon(Lease lease) {
        engine.abandon(lease);
    }

    /** Cuts the node off from PostgreSQL permanently, so that its journal is lost. */
    void loseDatabase() {
        losesDatabase = true; // a closed pool opens again when it is asked
        pool.close(true);
    }

    /** Cuts the node off from both stores permanently, as if it was killed. */
    void die() {
        loseDatabase();
        losesRedis = true;
    }

    /** All connections for requests to both stores are occupied from now on. */
    void occupyConnections() {
        busy = true;
    }

    private Connection connect() throws SQLException {
        if (busy) {
            throw new SQLException("no connection is free", "08001");
        }
        return connectIdle();
    }

    private Connection connectIdle() throws SQLException {
        if (losesDatabase) {
            throw new SQLException("cut off", "08001");
        }
        return pool.getConnection();
    }

    private UnifiedJedis redis() {
        if (busy) {
            throw new StoreUnavailableException("redis", "no connection is free");
        }
        return idleRedis();
    }

    private UnifiedJedis idleRedis() {
        if (losesRedis) {
            throw new StoreUnavailableException("redis", "cut off");
        }
        return redis;
    }

    static RecordId id(String key) {
        return new RecordId(new Scope("user:1"), key);
    }

    private Policy policy(Consistency consistency) {
        return new Policy(Duration.ofHours(1), lockTimeout, Duration.ZERO, OnStoreFailure.CLOSED, consistency);
    }

    EngineStatus status() {
        return engine.status();
    }

    @Override
    public void close() {
        engine.close();
        pool.close();
        redis.close();
    }
}
