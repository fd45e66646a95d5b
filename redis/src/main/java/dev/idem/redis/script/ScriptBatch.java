package dev.idem.redis.script;

import dev.idem.core.store.PageBounds;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * Runs a script for many records, in few round trips (in a cluster, for each node). No round trip carries more than
 * {@link PageBounds} allows; a caller bounds the replies. Only for scripts that may run twice: if a server does not know the
 * script, the calls of a round trip are sent again with the text. A pipeline follows no redirection and does not notice that a
 * cluster's slots have moved, so what fails in a cluster's pipeline runs once more, call by call. Thread-safe.
 */
public final class ScriptBatch {
    private final Supplier<UnifiedJedis> redis;

    public ScriptBatch(Supplier<UnifiedJedis> redis) {
        this.redis = redis;
    }

    /** Makes the keys and arguments of a script for one item. */
    public interface Call<T> {
        /** Keys, then arguments. */
        List<List<byte[]>> of(T item);
    }

    /** @return the replies, in the order of the items */
    public <T> List<Object> run(RedisScript script, List<T> items, Call<T> call) {
        List<Object> replies = new ArrayList<>(items.size());
        Iterator<T> left = items.iterator();
        while (left.hasNext()) {
            List<List<List<byte[]>>> calls = roundTrip(left, call);
            replies.addAll(RedisFailures.translate(RedisKeys.STORE, () -> run(script, calls)));
        }
        return replies;
    }

    /**
     * Runs a script on each server that may have records: in a cluster once for each bucket, since each is on one node.
     *
     * @param call receives the buckets of one call: one of a cluster, or all
     * @throws dev.idem.core.store.StoreUnavailableException if one of them does not answer
     */
    public List<Object> onEachServer(RedisScript script, Call<List<Integer>> call) {
        return RedisFailures.translate(RedisKeys.STORE, () -> {
            UnifiedJedis client = redis.get();
            List<Integer> buckets =
                    IntStream.range(0, RedisKeys.BUCKETS).boxed().toList();
            if (client instanceof RedisClusterClient) {
                return run(script, buckets.stream().map(List::of).toList(), call);
            }
            List<List<byte[]>> all = call.of(buckets);
            return List.of(script.run(client, all.get(0), all.get(1)));
        });
    }

    private static <T> List<List<List<byte[]>>> roundTrip(Iterator<T> left, Call<T> call) {
        List<List<List<byte[]>>> calls = new ArrayList<>();
        long bytes = 0;
        while (left.hasNext() && calls.size() < PageBounds.RECORDS && bytes < PageBounds.BYTES) {
            List<List<byte[]>> next = call.of(left.next());
            calls.add(next);
            bytes += next.get(1).stream().mapToLong(argument -> argument.length).sum();
        }
        return calls;
    }

    private List<Object> run(RedisScript script, List<List<List<byte[]>>> calls) {
        UnifiedJedis client = redis.get();
        if (!(client instanceof RedisClusterClient cluster)) {
            return inPipeline(client, script, calls);
        }
        try {
            return inPipeline(cluster, script, calls);
        } catch (JedisException | IllegalStateException e) { // the latter of a reply that did not come
            cluster.refreshClusterTopology(); // a call to a host that is gone leaves no time for it
            return calls.stream()
                    .map(call -> script.run(cluster, call.get(0), call.get(1)))
                    .toList();
        }
    }

    private static List<Object> inPipeline(UnifiedJedis client, RedisScript script, List<List<List<byte[]>>> calls) {
        try {
            return send(client, script::runIn, calls);
        } catch (JedisNoScriptException restarted) {
            return send(client, script::teachIn, calls);
        }
    }

    private static List<Object> send(UnifiedJedis client, Send send, List<List<List<byte[]>>> calls) {
        List<Response<Object>> replies = new ArrayList<>(calls.size());
        try (AbstractPipeline pipeline = client.pipelined()) {
            for (List<List<byte[]>> call : calls) {
                replies.add(send.send(pipeline, call.get(0), call.get(1)));
            }
        }
        return replies.stream().map(Response::get).toList();
    }

    private interface Send {
        Response<Object> send(AbstractPipeline pipeline, List<byte[]> keys, List<byte[]> arguments);
    }
}
