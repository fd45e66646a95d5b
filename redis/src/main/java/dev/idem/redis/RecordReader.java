package dev.idem.redis;

import dev.idem.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.UnifiedJedis;

/** Reads records by their names in Redis, all of them in one round trip (on a cluster one to each node). Thread-safe. */
final class RecordReader {
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript glance = RedisScript.loadWithLayout("glance.lua");
    private final RedisScript read = RedisScript.load("read.lua");

    RecordReader(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
    }

    /** Those of these records that are processing, or may be; answers stay where they are. */
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

    /** Those of these that there are, in their order. */
    List<StoredRecord> read(List<byte[]> names) {
        List<Object> replies = batch.run(read, names, name -> List.of(List.of(name), List.of()));
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<?> reply = (List<?>) replies.get(i);
            if (!reply.isEmpty()) { // it was not removed since
                records.add(RecordCodec.decode(
                        keys.parse(names.get(i)), (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2)));
            }
        }
        return records;
    }
}
