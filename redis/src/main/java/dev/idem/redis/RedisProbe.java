package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import dev.idem.redis.script.RedisScript;
import dev.idem.redis.script.ScriptBatch;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * Writes reserved keys and reads them back, in a cluster in each bucket and so on each node. A server that answers a PING may
 * refuse every write. The first probe, each one after a failure, and now and then another one use every command that the layer
 * needs. Thread-safe.
 */
public final class RedisProbe {
    private static final int USUAL_BETWEEN_FULL = 30;

    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final ForeignKeys foreign;
    private final RedisScript probe = RedisScript.load("probe.lua");
    private final AtomicInteger usualLeft = new AtomicInteger();

    /** The parameters are those of {@link RedisStore}. */
    public RedisProbe(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.keys = new RedisKeys(keyPrefix);
        this.batch = new ScriptBatch(redis);
        this.foreign = new ForeignKeys(redis, keys);
    }

    /**
     * Probes each server once.
     *
     * @param thoroughly whether to use every command in any case
     * @throws StoreUnavailableException if a server does not answer, does not take writes, or forbids a command, or if another
     *     program has taken one of the layer's own keys
     */
    public void run(boolean thoroughly) {
        boolean full = usualLeft.getAndUpdate(left -> Math.max(0, left - 1)) == 0 || thoroughly;
        byte[] written = UUID.randomUUID().toString().getBytes(US_ASCII);
        try {
            foreign.requireNone();
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
        return batch.onEachServer(probe, buckets -> List.of(keys.probe(buckets.get(0)), arguments));
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
