package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * How often operators have deleted records from Redis, so that processes which keep answers notice. Not kept through the loss of
 * Redis's data: any other number means a deletion. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when Redis does not answer.
 */
public final class RedisDeletions {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;

    /** As for {@link RedisStore}. */
    public RedisDeletions(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    public long count() {
        byte[] count =
                RedisFailures.translate(RedisStore.NAME, () -> redis.get().get(keys.deletions()));
        return count == null ? 0 : Long.parseLong(new String(count, US_ASCII));
    }

    /** After the deletion: whoever sees the new count finds nothing any more. */
    void add() {
        RedisFailures.translate(RedisStore.NAME, () -> redis.get().incr(keys.deletions()));
    }
}
