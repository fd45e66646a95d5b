package dev.idem.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Runs a script for many records in one round trip (in a cluster, one for each node). Only for scripts that may run twice: if a
 * server does not know the script, the whole batch is sent again with the text. Thread-safe.
 */
final class ScriptBatch {
    private final Supplier<UnifiedJedis> redis;

    ScriptBatch(Supplier<UnifiedJedis> redis) {
        this.redis = redis;
    }

    /** Makes the keys and arguments of a script for one item. */
    interface Call<T> {
        /** Keys, then arguments. */
        List<List<byte[]>> of(T item);
    }

    /** @return the replies, in the order of the items */
    <T> List<Object> run(RedisScript script, List<T> items, Call<T> call) {
        if (items.isEmpty()) {
            return List.of();
        }
        return RedisFailures.translate(RedisStore.NAME, () -> {
            try {
                return run(script::runIn, items, call);
            } catch (JedisNoScriptException restarted) {
                return run(script::teachIn, items, call);
            }
        });
    }

    private <T> List<Object> run(Send send, List<T> items, Call<T> call) {
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
