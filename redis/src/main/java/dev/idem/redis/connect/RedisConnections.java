package dev.idem.redis.connect;

import dev.idem.core.connect.Credentials;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.tls.TlsFiles;
import java.time.Duration;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import org.apache.commons.pool2.PooledObjectFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisSentinelClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.executors.CommandExecutor;
import redis.clients.jedis.providers.ConnectionProvider;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.providers.SentineledConnectionProvider;

/**
 * Opens Redis clients in which no step takes longer than the timeout: connecting, reading, or waiting for a free connection.
 * There are no retries, except that a client follows a cluster's redirection within the same time. Scripts of many threads share
 * a few connections, except to a cluster ({@link PipeliningExecutor}). Thread-safe, as are the clients.
 *
 * @param timeout for each step: a free connection, connecting, each read
 * @param poolSize the most connections to one server
 * @param changes what clients of the same server share, as {@link #with} does
 */
public record RedisConnections(Duration timeout, int poolSize, ServerChanges changes) {
    /** Long for a network, and short for a waiting user. */
    public static final Duration DEFAULT_TIMEOUT = Duration.ofMillis(250);

    /** For copies in the background. A server that writes large values to its file may be silent for two seconds. */
    public static final Duration COPY_TIMEOUT = Duration.ofSeconds(5);

    /** For one copy in each direction. */
    public static final int COPY_POOL_SIZE = 4;

    /** For heartbeats and the watch over Redis. */
    public static final int HEARTBEAT_POOL_SIZE = 4;

    static final int DEFAULT_POOL_SIZE = 32;
    private static final int CLUSTER_ATTEMPTS = 3;

    /** A silent host uses up the time of a call, which then asks no other host where the slots are now. */
    private static final Duration TOPOLOGY_PERIOD = Duration.ofSeconds(2);

    public RedisConnections {
        if (timeout.toMillis() < 1) {
            throw new IllegalArgumentException("the Redis timeout is at least 1 ms, not " + timeout);
        }
        if (poolSize < 1) {
            throw new IllegalArgumentException("the Redis pool has at least 1 connection, not " + poolSize);
        }
    }

    public RedisConnections(Duration timeout, int poolSize) {
        this(timeout, poolSize, new ServerChanges());
    }

    /** For another client of the same server: when one learns that the server's name may lead elsewhere, both connect anew. */
    public RedisConnections with(Duration otherTimeout, int otherPoolSize) {
        return new RedisConnections(otherTimeout, otherPoolSize, changes);
    }

    /** Opens a client with a pool of the default size. See {@link #open(RedisTarget.External)}. */
    public static UnifiedJedis open(RedisTarget.External target, Duration timeout) {
        return new RedisConnections(timeout, DEFAULT_POOL_SIZE).open(target);
    }

    /**
     * Opens a client, which the caller closes. It connects to a single server only for the first command. It asks a cluster or
     * sentinels at once for the roles of the nodes.
     *
     * @throws StoreUnavailableException if no node of the cluster, or no sentinel, responds
     */
    public UnifiedJedis open(RedisTarget.External target) {
        return RedisFailures.translateOpening(RedisKeys.STORE, () -> client(target));
    }

    /** A client of the same limits whose connections somebody else makes. */
    UnifiedJedis beside(PooledObjectFactory<Connection> theirs) {
        ConnectionPoolConfig pool = pool();
        pool.setTestOnBorrow(true);
        ConnectionProvider server = new PooledConnectionProvider(
                theirs instanceof RestedConnections ? theirs : new LimitedConnectionFactory(theirs, timeout), pool);
        return RedisClient.builder()
                .connectionProvider(server)
                .commandExecutor(pipelining(server))
                .clientConfig(DefaultJedisClientConfig.builder().build())
                .build();
    }

    private UnifiedJedis client(RedisTarget.External target) {
        DefaultJedisClientConfig config =
                config(target, target.credentials()).database(target.database()).build();
        return switch (target.mode()) {
            case STANDALONE -> {
                ConnectionPoolConfig pool = pool();
                pool.setTestOnBorrow(true);
                ConnectionProvider server = new PooledConnectionProvider(
                        new RestedConnections(target.nodes().get(0), config, changes), pool);
                yield RedisClient.builder()
                        .connectionProvider(server)
                        .commandExecutor(pipelining(server))
                        .clientConfig(config)
                        .build();
            }
            case CLUSTER ->
                RedisClusterClient.builder()
                        .nodes(Set.copyOf(target.nodes()))
                        .clientConfig(config)
                        .maxAttempts(CLUSTER_ATTEMPTS)
                        .maxTotalRetriesDuration(timeout)
                        .topologyRefreshPeriod(TOPOLOGY_PERIOD)
                        .poolConfig(pool())
                        .build();
            case SENTINEL -> {
                String name = target.master().orElseThrow();
                Set<HostAndPort> sentinels = Set.copyOf(target.nodes());
                DefaultJedisClientConfig asking = config(target, target.sentinelCredentials())
                        .autoNegotiateProtocol(false) // Jedis would log that for each connection
                        .build();
                new Sentinels(sentinels, asking).requireMaster(name);
                ConnectionProvider master = new SentineledConnectionProvider(name, config, pool(), sentinels, asking);
                yield RedisSentinelClient.builder()
                        .masterName(name)
                        .sentinels(sentinels)
                        .sentinelClientConfig(asking)
                        .connectionProvider(master)
                        .commandExecutor(pipelining(master))
                        .clientConfig(config)
                        .build();
            }
        };
    }

    private CommandExecutor pipelining(ConnectionProvider server) {
        return new PipeliningExecutor(server, Math.min(poolSize, PipeliningExecutor.CONNECTIONS), timeout);
    }

    private DefaultJedisClientConfig.Builder config(RedisTarget.External target, Credentials credentials) {
        int millis = Math.toIntExact(timeout.toMillis());
        DefaultJedisClientConfig.Builder config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(millis)
                .socketTimeoutMillis(millis)
                .clientName("idem")
                .user(credentials.user())
                .password(credentials.password());
        target.tls().ifPresent(files -> encrypt(config, files));
        return config;
    }

    @SuppressWarnings(
            "deprecation") // Jedis's SslOptions would let no trust manager of ours name the refused certificate
    private static void encrypt(DefaultJedisClientConfig.Builder config, TlsFiles files) {
        config.ssl(true).sslSocketFactory(files.context().getSocketFactory()).sslParameters(verified());
    }

    /** The certificate must name the server (RFC 9110, section 4.3.4). */
    private static SSLParameters verified() {
        SSLParameters parameters = new SSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        return parameters;
    }

    private ConnectionPoolConfig pool() {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(poolSize);
        pool.setMaxIdle(poolSize);
        pool.setMaxWait(timeout);
        pool.setBlockWhenExhausted(true);
        pool.setJmxEnabled(false);
        return pool;
    }
}
