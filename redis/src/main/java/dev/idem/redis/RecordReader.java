package dev.idem.redis;

import dev.idem.core.record.StoredRecord;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Reads records by their Redis keys in one round trip (in a cluster, one for each node). Thread-safe. */
final class RecordReader {
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript glance = RedisScript.loadWithLayout("glance.lua");
    private final RedisScript read = RedisScript.load("read.lua");

    RecordReader(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
    }

    /** The records that are or may be processing, in request order. Reads no answers. */
    List<byte[]> processing(List<byte[]> names) {
        List<Object> replies = batch.run(glance, names, name -> List.of(List.of(name), List.of()));
        List<byte[]> processing = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            byte[] beginning = (byte[]) ((List<?>) replies.get(i)).get(0);
            if (RecordCodec.head(beginning).filter(RecordCodec.Head::completed).isEmpty()) {
                processing.add(names.get(i));
            }
        }
        return processing;
    }

    /** The existing records, in request order. */
    List<StoredRecord> read(List<byte[]> names) {
        List<Object> replies = batch.run(read, names, name -> List.of(List.of(name), List.of()));
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<?> reply = (List<?>) replies.get(i);
            if (!reply.isEmpty()) { // else it was removed meanwhile
                records.add(RecordCodec.decode(
                        keys.parse(names.get(i)), (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2)));
            }
        }
        return records;
    }
}
