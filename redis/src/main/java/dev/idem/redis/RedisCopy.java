package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RecordReader;
import dev.idem.redis.script.RedisScript;
import dev.idem.redis.script.ScriptBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/** Copies records to and from Redis, many in one round trip, and on all nodes of a cluster. Thread-safe. */
public final class RedisCopy implements FastCopy {
    private static final int KEYS_PER_STEP = 500;

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RecordReader reader;
    private final RedisScript put = RedisScript.loadWithLayout("put.lua");
    private final RedisScript forget = RedisScript.loadWithLayout("forget.lua");

    /** The parameters are those of {@link RedisStore}. */
    public RedisCopy(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.batch = new ScriptBatch(redis);
        this.reader = new RecordReader(redis, keys);
    }

    @Override
    public void put(List<StoredRecord> records, Generation refill) {
        if (records.isEmpty()) {
            return;
        }
        List<Object> replies = batch.run(
                put,
                records,
                record -> List.of(
                        List.of(keys.nameOf(record.id()), keys.markerOf(record.id())), putArguments(record, refill)));
        if (!replies.stream().allMatch(Long.valueOf(1)::equals)) {
            throw new NotAuthoritativeException(RedisStore.NAME, "another refill has begun");
        }
    }

    /** The number of keys in this Redis, including those of other applications. */
    @Override
    public long about() {
        return RedisFailures.translate(RedisStore.NAME, () -> redis.get().dbSize());
    }

    @Override
    public void forEach(Consumer<List<StoredRecord>> page) {
        ScanIteration scan = RedisFailures.translate(
                RedisStore.NAME, () -> redis.get().scanIteration(KEYS_PER_STEP, keys.patternForAll()));
        while (!scan.isIterationCompleted()) {
            Collection<String> names = RedisFailures.translate(
                    RedisStore.NAME, () -> scan.nextBatch().getResult());
            reader.read(names.stream().map(name -> name.getBytes(UTF_8)).toList(), page);
        }
    }

    @Override
    public void forget(List<StoredRecord> records) {
        batch.run(
                forget,
                records,
                record -> List.of(List.of(keys.nameOf(record.id())), List.of(RecordCodec.owner(record.owner()))));
    }

    @Override
    public void find(List<RecordId> ids, Consumer<List<StoredRecord>> page) {
        PageBounds.pages(ids, id -> 0)
                .forEach(some -> reader.read(some.stream().map(keys::nameOf).toList(), page));
    }

    private List<byte[]> putArguments(StoredRecord record, Generation refill) {
        Instant now = record.readAt();
        return List.of(
                RedisMarkers.refilling(refill),
                RecordCodec.encode(record),
                number(ChronoUnit.MICROS.between(record.claimedAt(), now)),
                number(ChronoUnit.MICROS.between(record.heartbeatAt(), now)),
                number(record.completedAt()
                        .map(completed -> ChronoUnit.MICROS.between(completed, now))
                        .orElse(-1L)),
                number(Math.max(1, Duration.between(now, record.expiresAt()).toMillis())));
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }
}
