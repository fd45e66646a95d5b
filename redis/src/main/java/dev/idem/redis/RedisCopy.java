package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.SeenRecord;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.FastCopy;
import dev.idem.core.store.PageBounds;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordLog;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RecordReader;
import dev.idem.redis.script.RedisScan;
import dev.idem.redis.script.RedisScript;
import dev.idem.redis.script.ScriptBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/** Copies records to and from Redis, many in one round trip, and on all nodes of a cluster. Thread-safe. */
public final class RedisCopy implements FastCopy {
    private static final int KEYS_PER_STEP = 500;

    /** A script runs later than its arguments were made, and must not hold a later answer for a deleted one. */
    private static final Duration UNDER_WAY = RedisConnections.COPY_TIMEOUT.multipliedBy(2);

    private static final byte[] ANYTIME = {};
    private static final Long ANOTHER_REFILL = -1L;

    private final Supplier<UnifiedJedis> redis;
    private final String keyPrefix;
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScan scan;
    private final RecordReader reader;
    private final RedisDeletions deletions;
    private final RedisScript put = RedisScript.loadWithLayout("put.lua");
    private final RedisScript bury = RedisScript.loadWithLayout("bury.lua");
    private final RedisScript forget = RedisScript.loadWithLayout("forget.lua");

    /**
     * The parameters are those of {@link RedisStore}, but for the client's timeout. A copy that fails begins again, so it
     * should wait longer than a request may.
     */
    public RedisCopy(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this(redis, keyPrefix, new UnreadableRecordLog());
    }

    private RedisCopy(Supplier<UnifiedJedis> redis, String keyPrefix, Consumer<UnreadableRecord> unreadable) {
        this.redis = redis;
        this.keyPrefix = keyPrefix;
        this.keys = new RedisKeys(keyPrefix);
        this.batch = new ScriptBatch(redis);
        this.scan = new RedisScan(redis, keys);
        this.reader = new RecordReader(redis, keys, unreadable);
        this.deletions = new RedisDeletions(redis, keyPrefix);
    }

    @Override
    public FastCopy reporting(Consumer<UnreadableRecord> unreadable) {
        return new RedisCopy(redis, keyPrefix, unreadable);
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
                        List.of(keys.nameOf(record.id()), keys.markerOf(record.id()), keys.tombstoneOf(record.id())),
                        putArguments(record, refill)));
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
    public void forEachHead(Consumer<List<RecordHead>> page) {
        @Nullable String cursor = null;
        do {
            RedisScan.Step step = scan.step(keys.patternForAll(), cursor, KEYS_PER_STEP);
            page.accept(reader.heads(step.names()));
            cursor = step.next();
        } while (cursor != null);
    }

    @Override
    public List<RecordHead> heads(List<RecordId> ids) {
        return PageBounds.pages(ids, id -> 0).stream()
                .flatMap(some -> reader.heads(some.stream().map(keys::nameOf).toList()).stream())
                .toList();
    }

    @Override
    public void forget(List<? extends SeenRecord> records) {
        batch.run(
                forget,
                records,
                record -> List.of(List.of(keys.nameOf(record.id())), List.of(RecordCodec.owner(record.owner()))));
    }

    @Override
    public long bury(List<Tombstone> tombstones) {
        return bury(tombstones, ANYTIME);
    }

    @Override
    public long bury(List<Tombstone> tombstones, Generation refill) {
        return bury(tombstones, RedisMarkers.refilling(refill));
    }

    /** Near caches may have such an answer from here, so that they have to notice. A call that ran twice does not count it. */
    private long bury(List<Tombstone> tombstones, byte[] marker) {
        List<Object> replies = batch.run(
                bury,
                tombstones,
                stone -> List.of(
                        List.of(keys.nameOf(stone.id()), keys.tombstoneOf(stone.id()), keys.markerOf(stone.id())),
                        buryArguments(stone, marker)));
        if (!tombstones.isEmpty()) {
            deletions.add();
        }
        if (replies.contains(ANOTHER_REFILL)) {
            throw new NotAuthoritativeException(RedisStore.NAME, "another refill has begun");
        }
        return replies.stream().filter(Long.valueOf(1)::equals).count();
    }

    private static List<byte[]> buryArguments(Tombstone stone, byte[] marker) {
        return List.of(
                RecordCodec.owners(stone.owners()),
                number(stone.deleted().age().plus(UNDER_WAY).toNanos() / 1_000),
                number(stone.life().toMillis()),
                marker);
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
                number(micros(record.claimedAt(), now)),
                number(micros(record.heartbeatAt(), now)),
                number(record.completedAt()
                        .map(completed -> Math.max(0, micros(completed, now)))
                        .orElse(-1L)),
                number(Math.max(1, Duration.between(now, record.expiresAt()).toMillis())));
    }

    /** Of thousands of years too: a count of nanoseconds ends at 292. */
    private static long micros(Instant from, Instant to) {
        Duration between = Duration.between(from, to);
        return between.toSeconds() * 1_000_000 + between.toNanosPart() / 1_000;
    }

    private static byte[] number(long value) {
        return Long.toString(value).getBytes(UTF_8);
    }
}
