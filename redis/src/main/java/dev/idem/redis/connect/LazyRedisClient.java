package dev.idem.redis.connect;

import dev.idem.core.store.StoreUnavailableException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Opens a client on the first call of {@link #get}, and tries again on the next call if that fails. A process can thus start
 * while its Redis cluster or sentinels are unavailable. Thread-safe.
 */
public final class LazyRedisClient implements Supplier<UnifiedJedis>, AutoCloseable {
    private final RedisConnections connections;
    private final RedisTarget.External target;
    private volatile @Nullable UnifiedJedis client;
    private boolean closed;

    public LazyRedisClient(RedisConnections connections, RedisTarget.External target) {
        this.connections = connections;
        this.target = target;
    }

    /** @throws StoreUnavailableException if the client cannot be opened now */
    @Override
    public UnifiedJedis get() {
        UnifiedJedis open = client;
        return open == null ? open() : open;
    }

    private synchronized UnifiedJedis open() {
        if (closed) {
            throw new StoreUnavailableException("redis", "the client is closed");
        }
        if (client == null) {
            client = connections.open(target);
        }
        return client;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (client != null) {
            client.close();
        }
    }
}
