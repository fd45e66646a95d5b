package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.Generation;
import dev.idem.core.store.NotInChargeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Carries records in bulk into Redis and out of it, many to a round trip, and in steps that let Redis serve others
 * meanwhile; on a cluster, on all its nodes. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when Redis does not answer.
 */
public final class RedisCopy {
    private static final int KEYS_PER_STEP = 500;

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScript put = RedisScript.load("put.lua");
    private final RedisScript read = RedisScript.load("read.lua");
    private final RedisScript forget = RedisScript.load("forget.lua");

    /** As for {@link RedisStore}. */
    public RedisCopy(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
    }

    /**
     * Writes records over whatever is there.
     *
     * @param refill the one that {@link RedisTrust#beginRefill} has begun
     * @throws NotInChargeException if another one has begun since
     */
    public void put(List<StoredRecord> records, Generation refill) {
        if (records.isEmpty()) {
            return;
        }
        List<Object> replies = inPipeline(
                put,
                records,
                record -> List.of(
                        List.of(keys.nameOf(record.id()), keys.markerOf(record.id())), putArguments(record, refill)));
        if (!replies.stream().allMatch(Long.valueOf(1)::equals)) {
            throw new NotInChargeException(RedisStore.NAME, "another refill has begun");
        }
    }

    /** Walks through all records, some hundreds at a time; one present during the whole walk is seen at least once. */
    public void forEach(Consumer<List<StoredRecord>> page) {
        ScanIteration scan = RedisFailures.translate(
                RedisStore.NAME, () -> redis.get().scanIteration(KEYS_PER_STEP, keys.patternForAll()));
        while (!scan.isIterationCompleted()) {
            Collection<String> names = RedisFailures.translate(
                    RedisStore.NAME, () -> scan.nextBatch().getResult());
            List<StoredRecord> records = read(names);
            if (!records.isEmpty()) {
                page.accept(records);
            }
        }
    }

    /** Removes those that are still processed by the same owner. */
    public void forget(List<StoredRecord> records) {
        inPipeline(
                forget,
                records,
                record -> List.of(List.of(keys.nameOf(record.id())), List.of(RecordCodec.owner(record.owner()))));
    }

    private List<StoredRecord> read(Collection<String> names) {
        List<byte[]> found = names.stream().map(name -> name.getBytes(UTF_8)).toList();
        List<Object> replies = inPipeline(read, found, name -> List.of(List.of(name), List.of()));
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<?> reply = (List<?>) replies.get(i);
            if (!reply.isEmpty()) { // it was not removed since
                records.add(RecordCodec.decode(
                        keys.parse(found.get(i)), (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2)));
            }
        }
        return records;
    }

    private List<byte[]> putArguments(StoredRecord record, Generation refill) {
        Instant now = record.readAt();
        return List.of(
                RedisTrust.refilling(refill),
                RecordCodec.encode(record),
                number(ChronoUnit.MICROS.between(record.claimedAt(), now)),
                number(ChronoUnit.MICROS.between(record.heartbeatAt(), now)),
                number(record.completedAt()
                        .map(completed -> ChronoUnit.MICROS.between(completed, now))
                        .orElse(-1L)),
                number(Math.max(1, Duration.between(now, record.expiresAt()).toMillis())));
    }

    /** Every script here may run twice: a server that does not know it is sent the batch again, with the text. */
    private <T> List<Object> inPipeline(RedisScript script, List<T> items, Call<T> call) {
        return RedisFailures.translate(RedisStore.NAME, () -> {
            try {
                return inPipeline(script::runIn, items, call);
            } catch (JedisNoScriptException restarted) {
                return inPipeline(script::teachIn, items, call);
            }
        });
    }

    private <T> List<Object> inPipeline(Send send, List<T> items, Call<T> call) {
        List<Response<Object>> replies = new ArrayList<>();
        try (AbstractPipeline pipeline = redis.get().pipelined()) {
            for (T item : items) {
                List<List<byte[]>> keysAndArguments = call.of(item);
                replies.add(send.send(pipeline, keysAndArguments.get(0), keysAndArguments.get(1)));
            }
        }
        return replies.stream().map(Response::get).toList();
    }

    private interface Send {
        Response<Object> send(AbstractPipeline pipeline, List<byte[]> keys, List<byte[]> arguments);
    }

    /** Keys, then arguments. */
    private interface Call<T> {
        List<List<byte[]>> of(T item);
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }
}
