package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Walks through the names of records with SCAN, in steps that let Redis serve others meanwhile. No cursor spans the nodes of
 * a cluster, and each bucket is on one of them: there a walk goes bucket by bucket. Thread-safe.
 */
final class RedisScan {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;

    RedisScan(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** @param next the cursor of the next step, null when this was the last */
    record Step(List<byte[]> names, @Nullable String next) {}

    /**
     * One step. A name that is there during the whole walk is seen at least once.
     *
     * @param pattern of {@link RedisKeys}
     * @param cursor the last step's, or null for the first step
     * @param count about how many names Redis looks at
     * @throws IllegalArgumentException if the cursor is none of this walk
     */
    Step next(String pattern, @Nullable String cursor, int count) {
        return RedisFailures.translate(RedisStore.NAME, () -> {
            UnifiedJedis client = redis.get();
            return client instanceof RedisClusterClient
                    ? inBuckets(client, pattern, cursor, count)
                    : overAll(client, pattern, cursor, count);
        });
    }

    private static Step overAll(UnifiedJedis client, String pattern, @Nullable String cursor, int count) {
        ScanResult<byte[]> found = scan(client, pattern, cursor == null ? "0" : number(cursor), count);
        return new Step(found.getResult(), found.isCompleteIteration() ? null : found.getCursor());
    }

    private Step inBuckets(UnifiedJedis client, String pattern, @Nullable String cursor, int count) {
        String[] place = cursor == null ? new String[] {"0", "0"} : cursor.split("-", 2);
        if (place.length != 2) {
            throw noCursor();
        }
        int bucket = (int) Math.min(Long.parseUnsignedLong(number(place[0])), RedisKeys.BUCKETS - 1);
        ScanResult<byte[]> found = scan(client, keys.inBucket(pattern, bucket), number(place[1]), count);
        if (!found.isCompleteIteration()) {
            return new Step(found.getResult(), bucket + "-" + found.getCursor());
        }
        return new Step(found.getResult(), bucket + 1 == RedisKeys.BUCKETS ? null : (bucket + 1) + "-0");
    }

    private static ScanResult<byte[]> scan(UnifiedJedis client, String pattern, String cursor, int count) {
        return client.scan(
                cursor.getBytes(US_ASCII),
                new ScanParams().match(pattern.getBytes(US_ASCII)).count(count));
    }

    /** Cursors come from outside. */
    private static String number(String cursor) {
        if (!cursor.matches("\\d{1,20}")) {
            throw noCursor();
        }
        return cursor;
    }

    private static IllegalArgumentException noCursor() {
        return new IllegalArgumentException("not a cursor of this list");
    }
}
