package dev.idem.redis.connect;

import java.util.function.Supplier;
import org.apache.commons.pool2.PooledObjectFactory;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * A client of the layer's own beside an application's client of one server. Its connections are made as that makes its own, but
 * the layer's time limits apply, and the application cannot occupy them. Beside any other client, such as one of a cluster or of
 * sentinels, there is none: then this supplies the application's. Thread-safe.
 */
public final class ClientBeside implements Supplier<UnifiedJedis>, AutoCloseable {
    private final Supplier<UnifiedJedis> theirs;
    private final RedisConnections limits;
    private final boolean always;
    private @Nullable RedisClient source;
    private @Nullable UnifiedJedis own;
    private boolean closed;

    private ClientBeside(Supplier<UnifiedJedis> theirs, RedisConnections limits, boolean always) {
        this.theirs = theirs;
        this.limits = limits;
        this.always = always;
    }

    /** For what requests wait for. A client that {@link RedisConnections} has opened keeps the limits itself, and is supplied as it is. */
    public static ClientBeside forRequests(Supplier<UnifiedJedis> theirs) {
        return new ClientBeside(
                theirs,
                new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, RedisConnections.DEFAULT_POOL_SIZE),
                false);
    }

    /** For what must come in time while others occupy all connections of their client. */
    public static ClientBeside forHeartbeats(Supplier<UnifiedJedis> theirs) {
        return new ClientBeside(
                theirs,
                new RedisConnections(RedisConnections.DEFAULT_TIMEOUT, RedisConnections.HEARTBEAT_POOL_SIZE),
                true);
    }

    @Override
    public UnifiedJedis get() {
        UnifiedJedis client = theirs.get();
        if (!(client instanceof RedisClient standalone)) {
            return client;
        }
        PooledObjectFactory<Connection> factory = standalone.getPool().getFactory();
        return factory instanceof RestedConnections && !always ? client : beside(standalone, factory);
    }

    private synchronized UnifiedJedis beside(RedisClient client, PooledObjectFactory<Connection> factory) {
        if (closed) {
            return client;
        }
        UnifiedJedis known = own;
        if (known == null || client != source) {
            close(known);
            source = client;
            known = limits.beside(factory);
            own = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        closed = true;
        close(own);
        own = null;
    }

    private static void close(@Nullable UnifiedJedis client) {
        if (client != null) {
            client.close();
        }
    }
}
