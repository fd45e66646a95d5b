package dev.idem.redis.recovery;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.store.recovery.JournalGaps;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.ForeignKeys;
import dev.idem.redis.script.RedisScript;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import redis.clients.jedis.UnifiedJedis;

/** Journal gaps as a hash in Redis, and the last heartbeat of each node in a sorted set. Thread-safe. */
public final class JournalGapRegistry implements JournalGaps {
    /** Much longer than a journal can lag before nodes notice that PostgreSQL is unavailable. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

    private static final String EVERYTHING = "0";
    private static final Pattern TIME = Pattern.compile("\\d{1,18}(?!\\d)");

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ForeignKeys foreign;
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
        this.foreign = new ForeignKeys(redis, keys);
    }

    @Override
    public int alive(Duration silence) {
        return ((Long) foreign.translate(() -> alive.run(
                        redis.get(),
                        List.of(keys.journals(), keys.arrears()),
                        List.of(node, millis(silence), millis(LONGEST_LAG)))))
                .intValue();
    }

    @Override
    public void note() {
        byte[] note = ascii(EVERYTHING + ':' + UUID.randomUUID());
        foreign.translate(() -> redis.get().hset(keys.arrears(), Map.of(node, note)));
    }

    @Override
    public Notes notes() {
        return notes(texts(foreign.translate(() -> redis.get().hgetAll(keys.arrears()))));
    }

    @Override
    public void settled(Notes notes) {
        foreign.translate(() -> settle.run(redis.get(), List.of(keys.arrears()), flat(notes)));
    }

    @Override
    public void leave() {
        foreign.translate(() -> redis.get().zrem(keys.journals(), node));
    }

    /** These notes by node, as this class writes them. */
    static Notes notes(Map<String, String> byNode) {
        long earliest = byNode.values().stream()
                .mapToLong(JournalGapRegistry::from)
                .min()
                .orElse(Long.MAX_VALUE / 2);
        return new Notes(RecordCodec.instant(earliest), byNode);
    }

    /** Of a note that no node wrote: anything may be missing, as alive.lua has it. */
    private static long from(String note) {
        Matcher time = TIME.matcher(note);
        return time.lookingAt() ? Long.parseLong(time.group()) : 0;
    }

    /** Bytes as characters, so that a foreign field has a name by which it can be removed. */
    static Map<String, String> texts(Map<byte[], byte[]> fields) {
        return fields.entrySet().stream()
                .collect(Collectors.toMap(
                        field -> new String(field.getKey(), ISO_8859_1),
                        field -> new String(field.getValue(), ISO_8859_1)));
    }

    private static List<byte[]> flat(Notes notes) {
        List<byte[]> flat = new ArrayList<>();
        notes.byNode()
                .forEach((node, note) -> flat.addAll(List.of(node.getBytes(ISO_8859_1), note.getBytes(ISO_8859_1))));
        return flat;
    }

    private static byte[] millis(Duration duration) {
        return ascii(Long.toString(duration.toMillis()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
