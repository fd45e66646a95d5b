package dev.idem.redis.script;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Scans the keys of records in bounded steps. A text cursor says where the next step begins. No cursor of a cluster spans its
 * nodes, so a cluster is scanned bucket by bucket: each bucket is on one node. Thread-safe.
 */
public final class RedisScan {
    private static final Pattern ON_SERVER = Pattern.compile("\\d{1,20}");
    private static final Pattern ON_CLUSTER = Pattern.compile("(\\d|1[0-5]):\\d{1,20}");

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;

    public RedisScan(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** @param next the cursor of the next step, null at the end */
    public record Step(List<byte[]> names, @Nullable String next) {}

    /**
     * Scans one step.
     *
     * @param pattern a pattern of {@link RedisKeys}
     * @param cursor the last step's {@link Step#next()}, or null to begin
     * @param count about how many keys the server examines
     * @throws IllegalArgumentException if the cursor is not one of this scan
     */
    public Step step(String pattern, @Nullable String cursor, int count) {
        return RedisFailures.translate(RedisKeys.STORE, () -> {
            UnifiedJedis client = redis.get();
            boolean cluster = client instanceof RedisClusterClient;
            if (cursor != null
                    && !(cluster ? ON_CLUSTER : ON_SERVER).matcher(cursor).matches()) {
                throw new IllegalArgumentException("not a cursor of this list");
            }
            return cluster ? onCluster(client, pattern, cursor, count) : onServer(client, pattern, cursor, count);
        });
    }

    private static Step onServer(UnifiedJedis client, String pattern, @Nullable String cursor, int count) {
        ScanResult<byte[]> found =
                scan(client, pattern, cursor == null ? ScanParams.SCAN_POINTER_START : cursor, count);
        return new Step(found.getResult(), found.isCompleteIteration() ? null : found.getCursor());
    }

    private Step onCluster(UnifiedJedis client, String pattern, @Nullable String cursor, int count) {
        String[] place = (cursor == null ? beginOf(0) : cursor).split(":", 2);
        int bucket = Integer.parseInt(place[0]);
        requireServed(client, bucket);
        ScanResult<byte[]> found = scan(client, keys.inBucket(pattern, bucket), place[1], count);
        if (!found.isCompleteIteration()) {
            return new Step(found.getResult(), bucket + ":" + found.getCursor());
        }
        boolean last = bucket + 1 == keys.markers().size();
        return new Step(found.getResult(), last ? null : beginOf(bucket + 1));
    }

    /** The cursor of a cluster with which a bucket begins. */
    public static String beginOf(int bucket) {
        return bucket + ":" + ScanParams.SCAN_POINTER_START;
    }

    /** A node answers SCAN for slots that are another's by now, or nobody's: with nothing. A command with a key finds the right one. */
    private void requireServed(UnifiedJedis client, int bucket) {
        long unused = client.pttl(keys.markers().get(bucket));
    }

    private static ScanResult<byte[]> scan(UnifiedJedis client, String pattern, String cursor, int count) {
        return client.scan(
                cursor.getBytes(US_ASCII),
                new ScanParams().match(pattern.getBytes(US_ASCII)).count(count));
    }
}
