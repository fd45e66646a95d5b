package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
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
    private final ForeignKeys foreign;

    /** The parameters are those of {@link RedisStore}. */
    public RedisDeletions(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.foreign = new ForeignKeys(redis, keys);
    }

    public long count() {
        byte[] count = foreign.translate(() -> redis.get().get(keys.deletions()));
        if (count == null) {
            return 0;
        }
        try {
            return Long.parseLong(new String(count, US_ASCII));
        } catch (NumberFormatException e) {
            foreign.requireNone();
            return 0; // it was removed meanwhile
        }
    }

    /** Call it after the deletion: a node that sees the new count must no longer find the record. */
    void add() {
        foreign.translate(() -> redis.get().incr(keys.deletions()));
    }
}
