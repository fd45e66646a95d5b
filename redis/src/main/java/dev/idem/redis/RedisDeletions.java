package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Counts how often operators have deleted records from Redis, so that near caches notice. The count is lost with Redis's data,
 * so any different number means a deletion. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} if Redis is unavailable.
 */
public final class RedisDeletions {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;

    /** The parameters are those of {@link RedisStore}. */
    public RedisDeletions(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    public long count() {
        byte[] count =
                RedisFailures.translate(RedisStore.NAME, () -> redis.get().get(keys.deletions()));
        return count == null ? 0 : Long.parseLong(new String(count, US_ASCII));
    }

    /** Call it after the deletion: a node that sees the new count must no longer find the record. */
    void add() {
        RedisFailures.translate(RedisStore.NAME, () -> redis.get().incr(keys.deletions()));
    }
}
