package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScript;
import dev.idem.redis.script.ScriptBatch;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;

/**
 * Writes reserved keys and reads them back, in a cluster in each bucket and so on each node. A server that answers a PING may
 * refuse every write. The first probe, each one after a failure, and now and then another one use every command that the layer
 * needs. Thread-safe.
 */
public final class RedisProbe {
    private static final int USUAL_BETWEEN_FULL = 30;

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript probe = RedisScript.load("probe.lua");
    private final AtomicInteger usualLeft = new AtomicInteger();

    /** The parameters are those of {@link RedisStore}. */
    public RedisProbe(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.batch = new ScriptBatch(redis);
    }

    /**
     * Probes each server once.
     *
     * @param thoroughly whether to use every command in any case
     * @throws StoreUnavailableException if a server does not answer, does not take writes, or forbids a command
     */
    public void run(boolean thoroughly) {
        boolean full = usualLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0 || thoroughly;
        byte[] written = UUID.randomUUID().toString().getBytes(US_ASCII);
        try {
            replies(List.of(written, new byte[] {(byte) (full ? '1' : '0')})).forEach(reply -> check(reply, written));
        } catch (StoreUnavailableException e) {
            usualLeft.set(0);
            throw e;
        }
        if (full) {
            usualLeft.set(USUAL_BETWEEN_FULL);
        }
    }

    private List<?> replies(List<byte[]> arguments) {
        return RedisFailures.translate(RedisStore.NAME, () -> {
            UnifiedJedis client = redis.get();
            if (client instanceof RedisClusterClient) {
                List<Integer> buckets =
                        IntStream.range(0, keys.markers().size()).boxed().toList();
                return batch.run(probe, buckets, bucket -> List.of(keys.probe(bucket), arguments));
            }
            return List.of(probe.run(client, keys.probe(0), arguments));
        });
    }

    private static void check(Object reply, byte[] written) {
        List<?> parts = (List<?>) reply;
        String seen = new String((byte[]) parts.get(1), US_ASCII);
        if (((byte[]) parts.get(0))[0] == 'X') {
            throw RedisFailures.forbidden(RedisStore.NAME, seen);
        }
        if (!seen.equals(new String(written, US_ASCII))) {
            throw new StoreUnavailableException(RedisStore.NAME, "it did not return what was written");
        }
    }
}
