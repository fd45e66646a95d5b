package dev.idem.redis.recovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Journal gaps as a hash in Redis, and the last heartbeat of each node in a sorted set. Thread-safe. */
public final class JournalGapRegistry implements JournalGaps {
    /** Much longer than a journal can lag before nodes notice that PostgreSQL is unavailable. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

    private static final String EVERYTHING = "0";

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final byte[] node = ascii(UUID.randomUUID().toString());
    private final RedisScript alive = RedisScript.load("alive.lua");
    private final RedisScript settle = RedisScript.load("settle.lua");

    /**
     * The registry as one node uses it.
     *
     * @param keyPrefix the prefix of all our keys
     */
    public JournalGapRegistry(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    @Override
    public int alive(Duration silence) {
        return ((Long) RedisFailures.translate(
                        RedisKeys.STORE,
                        () -> alive.run(
                                redis.get(),
                                List.of(keys.journals(), keys.arrears()),
                                List.of(node, millis(silence), millis(LONGEST_LAG)))))
                .intValue();
    }

    @Override
    public void note() {
        byte[] note = ascii(EVERYTHING + ':' + UUID.randomUUID());
        RedisFailures.translate(RedisKeys.STORE, () -> redis.get().hset(keys.arrears(), Map.of(node, note)));
    }

    @Override
    public Notes notes() {
        return notes(RedisFailures.translate(
                RedisKeys.STORE, () -> redis.get().hgetAll(new String(keys.arrears(), US_ASCII))));
    }

    @Override
    public void settled(Notes notes) {
        RedisFailures.translate(RedisKeys.STORE, () -> settle.run(redis.get(), List.of(keys.arrears()), flat(notes)));
    }

    @Override
    public void leave() {
        RedisFailures.translate(RedisKeys.STORE, () -> redis.get().zrem(keys.journals(), node));
    }

    /** These notes by node, as this class writes them. */
    static Notes notes(Map<String, String> byNode) {
        long earliest = byNode.values().stream()
                .mapToLong(note -> Long.parseLong(note.split(":", 2)[0]))
                .min()
                .orElse(Long.MAX_VALUE / 2);
        return new Notes(RecordCodec.instant(earliest), byNode);
    }

    private static List<byte[]> flat(Notes notes) {
        List<byte[]> flat = new ArrayList<>();
        notes.byNode().forEach((node, note) -> flat.addAll(List.of(ascii(node), ascii(note))));
        return flat;
    }

    private static byte[] millis(Duration duration) {
        return ascii(Long.toString(duration.toMillis()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
