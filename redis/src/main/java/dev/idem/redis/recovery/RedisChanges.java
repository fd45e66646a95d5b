package dev.idem.redis.recovery;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.recovery.AnswerIndex;
import dev.idem.core.store.recovery.ChangedRecords;
import dev.idem.core.store.unreadable.UnreadableRecord;
import dev.idem.core.store.unreadable.UnreadableRecordLog;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RecordReader;
import dev.idem.redis.script.RedisScan;
import dev.idem.redis.script.RedisScript;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.UnifiedJedis;

/**
 * Finds records by the times in their fixed part. A step is one SCAN, one script that reads the fixed parts of its keys, and then
 * the values of the records that have changed and are not copied yet. The cursor names the run of the server, because a SCAN cursor means nothing to
 * another one. Thread-safe.
 */
public final class RedisChanges implements ChangedRecords {
    private static final int KEYS_PER_STEP = 500;

    /** A page of larger values contains fewer of them, but one at least. */
    private static final long BYTES_PER_PAGE = 1 << 20;

    private static final ScanPosition BEGIN = new ScanPosition("", "", "0");

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScan scan;
    private final RecordReader reader;
    private final Consumer<UnreadableRecord> log = new UnreadableRecordLog();
    private final RedisScript heads = RedisScript.loadWithLayout("changed.lua");

    /** @param keyPrefix the prefix of all our keys */
    public RedisChanges(Supplier<UnifiedJedis> redis, String keyPrefix) {
        this.redis = redis;
        this.keys = new RedisKeys(keyPrefix);
        this.scan = new RedisScan(redis, keys);
        this.reader = new RecordReader(redis, keys, this::leaveOut);
    }

    /** @param owner who has answered the record; null while it is processing */
    private record Changed(
            RecordId id, long bytes, @Nullable UUID owner) {}

    @Override
    public Step step(Instant since, @Nullable String cursor, AnswerIndex copied, Consumer<List<StoredRecord>> page) {
        ScanPosition from = cursor == null ? BEGIN : ScanPosition.parse(cursor);
        RedisScan.Step step = scan.step(keys.patternForAll(), from.forScan(), KEYS_PER_STEP);
        // After SCAN: a server that took over since the last step would have been given a cursor of the other.
        List<?> reply = heads(keys.markers().get(from.bucketNumber()), step.names(), since);
        String run = new String((byte[]) reply.get(0), US_ASCII);
        if (!from.isValidOn(run)) {
            return new Step(from.again().text(), 0);
        }
        read(lacking(changed(step.names(), reply), copied), page);
        @Nullable String next = step.next();
        return new Step(
                next == null ? null : ScanPosition.of(run, next).text(),
                step.names().size());
    }

    private List<?> heads(byte[] marker, List<byte[]> names, Instant since) {
        List<byte[]> all = new ArrayList<>(names.size() + 1);
        all.add(marker);
        all.addAll(names);
        byte[] micros =
                Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, since)).getBytes(US_ASCII);
        return (List<?>) RedisFailures.translate(RedisKeys.STORE, () -> heads.run(redis.get(), all, List.of(micros)));
    }

    private List<Changed> changed(List<byte[]> names, List<?> reply) {
        List<Changed> changed = new ArrayList<>();
        for (int i = 1; i < reply.size(); i += 3) {
            byte[] name = names.get(((Long) reply.get(i)).intValue());
            ByteBuffer owner = ByteBuffer.wrap((byte[]) reply.get(i + 2));
            try {
                changed.add(new Changed(
                        keys.parse(name),
                        (Long) reply.get(i + 1),
                        owner.hasRemaining() ? new UUID(owner.getLong(), owner.getLong()) : null));
            } catch (IllegalArgumentException e) {
                leaveOut(UnreadableRecord.named(
                        RedisKeys.STORE, new String(name, US_ASCII), String.valueOf(e.getMessage())));
            }
        }
        return changed;
    }

    private static List<Changed> lacking(List<Changed> changed, AnswerIndex copied) {
        Map<RecordId, UUID> owners = new HashMap<>();
        for (Changed record : changed) {
            if (record.owner() != null) {
                owners.put(record.id(), record.owner());
            }
        }
        Set<RecordId> present = copied.present(owners);
        return changed.stream().filter(record -> !present.contains(record.id())).toList();
    }

    private void read(List<Changed> lacking, Consumer<List<StoredRecord>> page) {
        List<byte[]> batch = new ArrayList<>();
        long bytes = 0;
        for (Changed record : lacking) {
            if (!batch.isEmpty() && bytes + record.bytes() > BYTES_PER_PAGE) {
                pass(batch, page);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(keys.nameOf(record.id()));
            bytes += record.bytes();
        }
        pass(batch, page);
    }

    private void pass(List<byte[]> names, Consumer<List<StoredRecord>> page) {
        List<StoredRecord> records = reader.readAtOnce(names);
        if (!records.isEmpty()) {
            page.accept(records);
        }
    }

    /** A node of the newer release has to find what only that can read. */
    private void leaveOut(UnreadableRecord record) {
        if (record.newerRelease()) {
            throw new IllegalArgumentException(record.reason());
        }
        log.accept(record);
    }
}
