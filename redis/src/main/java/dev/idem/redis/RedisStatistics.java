package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.store.RecordStatistics;
import dev.idem.redis.connect.RedisFailures;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.redis.script.RedisScan;
import dev.idem.redis.script.RedisScript;
import dev.idem.redis.script.ScriptBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/**
 * Counts the records in Redis, on all nodes of a cluster, or estimates their number from some ten thousand keys. It reads only
 * their fixed part, in steps of some hundred records, and estimates their memory from some of each step. Thread-safe.
 */
final class RedisStatistics {
    private static final int KEYS_PER_STEP = 500;
    private static final int SAMPLED_KEYS = 10_000;

    /** MEMORY USAGE is asked for one record of so many. */
    private static final int RECORDS_PER_MEMORY = 10;

    private static final byte[] ALL = {'*'};

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScan scan;
    private final RedisScript glance = RedisScript.loadWithLayout("glance.lua");

    RedisStatistics(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
        this.scan = new RedisScan(redis, keys);
    }

    /**
     * Counts all records, or as many as it can within the limit.
     *
     * @param counted receives the number of records so far after each step
     */
    RecordStatistics count(Duration limit, LongConsumer counted) {
        long begin = System.nanoTime();
        RecordTally tally = new RecordTally();
        ScanIteration scan = RedisFailures.translate(
                RedisStore.NAME, () -> redis.get().scanIteration(KEYS_PER_STEP, keys.patternForAll()));
        while (!scan.isIterationCompleted() && System.nanoTime() - begin < limit.toNanos()) {
            add(
                    RedisFailures.translate(RedisStore.NAME, () -> scan.nextBatch().getResult().stream()
                            .map(name -> name.getBytes(UTF_8))
                            .toList()),
                    tally);
            counted.accept(tally.total());
        }
        return tally.result(scan.isIterationCompleted());
    }

    /**
     * Estimates from the first keys of a scan, whose order is that of a hash. A cluster has no common scan, so all its keys count
     * as records there; of each bucket some are read.
     */
    RecordStatistics estimate(Duration limit) {
        long all = RedisFailures.translate(RedisStore.NAME, () -> redis.get().dbSize());
        if (all <= SAMPLED_KEYS) {
            return count(limit, count -> {});
        }
        RecordTally tally = new RecordTally();
        List<byte[]> sample = RedisFailures.translate(
                RedisStore.NAME, () -> redis.get() instanceof RedisClusterClient ? ofEachBucket() : first(redis.get()));
        List<byte[]> records = sample.stream().filter(keys::isRecord).toList();
        for (int from = 0; from < records.size(); from += KEYS_PER_STEP) {
            add(records.subList(from, Math.min(from + KEYS_PER_STEP, records.size())), tally);
        }
        return tally.result(true).times(sample.isEmpty() ? 1 : (double) all / sample.size());
    }

    private static List<byte[]> first(UnifiedJedis server) {
        List<byte[]> names = new ArrayList<>();
        ScanParams step = new ScanParams().count(KEYS_PER_STEP).match(ALL);
        byte[] cursor = ScanParams.SCAN_POINTER_START_BINARY;
        boolean more = true;
        while (more && names.size() < SAMPLED_KEYS) {
            ScanResult<byte[]> found = server.scan(cursor, step);
            names.addAll(found.getResult());
            cursor = found.getCursorAsBytes();
            more = !found.isCompleteIteration();
        }
        return names;
    }

    private List<byte[]> ofEachBucket() {
        return IntStream.range(0, RedisKeys.BUCKETS)
                .mapToObj(bucket ->
                        scan.step(keys.patternForAll(), RedisScan.beginOf(bucket), SAMPLED_KEYS / RedisKeys.BUCKETS))
                .flatMap(step -> step.names().stream())
                .toList();
    }

    private void add(List<byte[]> names, RecordTally tally) {
        if (names.isEmpty()) {
            return;
        }
        batch.run(glance, names, name -> List.of(List.of(name), List.of())).forEach(tally::add);
        memoryOf(IntStream.range(0, names.size())
                        .filter(number -> number % RECORDS_PER_MEMORY == 0)
                        .mapToObj(names::get)
                        .toList())
                .forEach(size -> sample(size, tally));
    }

    private static void sample(Response<Long> size, RecordTally tally) {
        try {
            tally.sample(size.get());
        } catch (JedisException | IllegalStateException notTold) {
            tally.sample(null); // its server forbids the command, or has fallen silent since
        }
    }

    private List<Response<Long>> memoryOf(List<byte[]> names) {
        return RedisFailures.translate(RedisStore.NAME, () -> {
            try (AbstractPipeline pipeline = redis.get().pipelined()) {
                return names.stream().map(pipeline::memoryUsage).toList();
            }
        });
    }
}
