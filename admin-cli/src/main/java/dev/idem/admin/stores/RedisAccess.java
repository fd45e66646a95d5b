package dev.idem.admin.stores;

import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.LazyRedisClient;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** Redis, opened when first asked. */
final class RedisAccess implements AutoCloseable {
    static final String NAME = RedisStore.NAME;

    private final RedisTarget target;
    private final String keyPrefix;
    private final EmbeddedServers embedded;
    private final Duration patience;
    private final Closing opened = new Closing();
    private @Nullable LazyRedisClient link;

    RedisAccess(RedisTarget target, String keyPrefix, EmbeddedServers embedded, Duration patience) {
        this.target = target;
        this.keyPrefix = keyPrefix;
        this.embedded = embedded;
        this.patience = patience;
    }

    <T> T ask(Function<RecordAdministration, T> question) {
        return with(client -> question.apply(new RedisRecords(client, keyPrefix)));
    }

    <T> T with(Function<Supplier<UnifiedJedis>, T> work) {
        try {
            return work.apply(link());
        } catch (StoreUnavailableException e) {
            throw new StoreException(
                    StoreFailureReasons.unavailable(NAME + " (" + target.describe() + ")", e, "redis.url (REDIS_URL)"),
                    e);
        }
    }

    private LazyRedisClient link() {
        if (link == null) {
            RedisTarget.External external = target instanceof RedisTarget.External there
                    ? there
                    : (RedisTarget.External) RedisTarget.parse(embedded.redisUrl(), null);
            link = opened.closeLater(new LazyRedisClient(new RedisConnections(patience, 1), external));
        }
        return link;
    }

    @Override
    public void close() {
        opened.close();
    }
}
