package dev.idem.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.StoredRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/**
 * What nodes owe PostgreSQL: a note in Redis, for all nodes to see, of each node whose journal could not tell PostgreSQL what
 * Redis has decided, since PostgreSQL is away or since the node has died. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when Redis does not answer.
 */
public final class JournalGapRegistry {
    /** Far beyond what a journal lags behind before it is noticed that PostgreSQL is away. */
    private static final Duration LONGEST_LAG = Duration.ofMinutes(1);

    private static final String EVERYTHING = "0";

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final byte[] node = ascii(UUID.randomUUID().toString());
    private final RedisScript alive = RedisScript.load("alive.lua");
    private final RedisScript settle = RedisScript.load("settle.lua");

    /** Those of one node; as for {@link RedisStore}. */
    public JournalGapRegistry(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    /**
     * Some nodes' notes as they were read.
     *
     * @param from records that have not changed since then are not missing; by Redis's clock
     */
    public record Notes(Instant from, Map<String, String> byNode) {
        static Notes of(Map<String, String> byNode) {
            long earliest = byNode.values().stream()
                    .mapToLong(note -> Long.parseLong(note.split(":", 2)[0]))
                    .min()
                    .orElse(Long.MAX_VALUE / 2);
            return new Notes(RecordCodec.instant(earliest), Map.copyOf(byNode));
        }

        public boolean isEmpty() {
            return byNode.isEmpty();
        }

        /** Whether PostgreSQL may lack the record. */
        public boolean concern(StoredRecord record) {
            return !record.completedAt().orElse(record.heartbeatAt()).isBefore(from);
        }

        private List<byte[]> flat() {
            List<byte[]> flat = new ArrayList<>();
            byNode.forEach((node, note) -> flat.addAll(List.of(ascii(node), ascii(note))));
            return flat;
        }
    }

    /**
     * A sign of life of this node; notes what nodes owe that have been silent for too long.
     *
     * @return how many nodes were found dead
     */
    public int alive(Duration silence) {
        return ((Long) RedisFailures.translate(
                        RedisStore.NAME,
                        () -> alive.run(
                                redis.get(),
                                List.of(keys.journals(), keys.arrears()),
                                List.of(node, millis(silence), millis(LONGEST_LAG)))))
                .intValue();
    }

    /** Notes that PostgreSQL may lack anything that is here. Whoever has read an earlier note does not settle this one. */
    public void note() {
        byte[] note = ascii(EVERYTHING + ':' + UUID.randomUUID());
        RedisFailures.translate(RedisStore.NAME, () -> redis.get().hset(keys.arrears(), Map.of(node, note)));
    }

    /** To be asked before records are brought to PostgreSQL. */
    public Notes notes() {
        return Notes.of(RedisFailures.translate(
                RedisStore.NAME, () -> redis.get().hgetAll(new String(keys.arrears(), US_ASCII))));
    }

    /** PostgreSQL has everything that these notes concern. */
    public void settled(Notes notes) {
        RedisFailures.translate(RedisStore.NAME, () -> settle.run(redis.get(), List.of(keys.arrears()), notes.flat()));
    }

    /** This node ends and owes nothing. */
    public void leave() {
        RedisFailures.translate(RedisStore.NAME, () -> redis.get().zrem(keys.journals(), node));
    }

    private static byte[] millis(Duration duration) {
        return ascii(Long.toString(duration.toMillis()));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
