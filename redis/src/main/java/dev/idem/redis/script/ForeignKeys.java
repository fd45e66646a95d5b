package dev.idem.redis.script;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.UnavailableReason;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.OwnKey;
import dev.idem.redis.layout.RedisKeys;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * Looks whether another program keeps something of its own in a key of the layer, apart from records. Until somebody removes it,
 * this Redis cannot be used. Thread-safe.
 */
public final class ForeignKeys {
    private static final Map<String, String> WORDS = Map.of(
            "string", "a string",
            "count", "a whole number",
            "text", "another text",
            "hash", "a hash",
            "zset", "a sorted set",
            "set", "a set",
            "list", "a list",
            "stream", "a stream");

    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript types = RedisScript.load("types.lua");

    public ForeignKeys(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
    }

    /**
     * Looks at all of them, on each server.
     *
     * @throws StoreUnavailableException if there is one, which it names, or if a server does not answer
     */
    public void requireNone() {
        for (Object reply : batch.onEachServer(types, this::call)) {
            List<?> found = (List<?>) reply;
            if (!found.isEmpty()) {
                throw failure(text(found.get(0)), text(found.get(1)), text(found.get(2)));
            }
        }
    }

    /**
     * As {@link RedisFailures#translate}. If the failure is a key of another program, it is named. A reply that looks like a mistake of
     * ours may have that cause, too, such as a count that is no number.
     */
    public <T> T translate(Supplier<T> call) {
        try {
            return RedisFailures.translate(RedisKeys.STORE, call);
        } catch (StoreUnavailableException e) {
            if (e.reason() == UnavailableReason.FOREIGN_KEY) {
                requireNone();
            }
            throw e;
        } catch (JedisDataException e) {
            requireNone();
            throw e;
        }
    }

    private List<List<byte[]>> call(List<Integer> buckets) {
        List<OwnKey> own =
                buckets.stream().flatMap(bucket -> keys.own(bucket).stream()).toList();
        return List.of(
                own.stream().map(key -> key.name().getBytes(US_ASCII)).toList(),
                own.stream().map(key -> key.type().getBytes(US_ASCII)).toList());
    }

    private static StoreUnavailableException failure(String name, String expected, String held) {
        return new StoreUnavailableException(
                RedisKeys.STORE,
                UnavailableReason.FOREIGN_KEY,
                "the key " + name + " has " + word(held) + ", and must have " + word(expected),
                "Another program uses this name. Remove the key with DEL, or set another redis.keyPrefix.",
                null);
    }

    private static String word(String type) {
        return WORDS.getOrDefault(type, "something else");
    }

    private static String text(Object part) {
        return new String((byte[]) part, US_ASCII);
    }
}
