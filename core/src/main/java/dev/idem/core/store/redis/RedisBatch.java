package dev.idem.core.store.redis;

import dev.idem.core.record.StoredRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Runs one script for many records, in one round trip to each server. Thread-safe. Methods throw {@link
 * dev.idem.core.store.StoreUnavailableException} when Redis does not answer.
 */
final class RedisBatch {
    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final RedisScript read = RedisScript.load("read.lua");

    RedisBatch(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
    }

    /** Keys, then arguments. */
    interface Call<T> {
        List<List<byte[]>> of(T item);
    }

    /**
     * A reply for each item. A server that does not know the script is sent the batch again, with the text.
     *
     * @param script one that may run twice
     */
    <T> List<Object> run(RedisScript script, List<T> items, Call<T> call) {
        return RedisFailures.translate(RedisStore.NAME, () -> {
            try {
                return inPipeline(script::runIn, items, call);
            } catch (JedisNoScriptException restarted) {
                return inPipeline(script::teachIn, items, call);
            }
        });
    }

    /** The records with these names, but for those that are gone. */
    List<StoredRecord> read(List<byte[]> names) {
        List<Object> replies = run(read, names, name -> List.of(List.of(name), List.of()));
        List<StoredRecord> records = new ArrayList<>();
        for (int i = 0; i < replies.size(); i++) {
            List<?> reply = (List<?>) replies.get(i);
            if (!reply.isEmpty()) {
                records.add(RecordCodec.decode(
                        keys.parse(names.get(i)), (byte[]) reply.get(0), (Long) reply.get(1), (Long) reply.get(2)));
            }
        }
        return records;
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
}
