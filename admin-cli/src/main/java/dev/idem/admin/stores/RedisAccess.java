package dev.idem.admin.stores;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** Redis, opened when first asked. */
final class RedisAccess implements Supplier<UnifiedJedis>, AutoCloseable {
    static final String NAME = RedisStore.NAME;

    private final RedisTarget target;
    private final EmbeddedServers embedded;
    private final Duration patience;
    private final Closing opened = new Closing();
    private @Nullable LazyRedisClient client;

    RedisAccess(RedisTarget target, EmbeddedServers embedded, Duration patience) {
        this.target = target;
        this.embedded = embedded;
        this.patience = patience;
    }

    /** @throws StoreUnavailableException if the client cannot be opened */
    @Override
    public synchronized UnifiedJedis get() {
        if (client == null) {
            RedisTarget.External external = target instanceof RedisTarget.External there
                    ? there
                    : (RedisTarget.External) RedisTarget.parse(embedded.redisUrl(), null);
            client = opened.closeLater(new LazyRedisClient(new RedisConnections(patience, 1), external));
        }
        return client.get();
    }

    @Override
    public void close() {
        opened.close();
    }
}
