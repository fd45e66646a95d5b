package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.idem.core.store.RecordStatistics;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ScanIteration;
import redis.clients.jedis.UnifiedJedis;

/**
 * Counts the records in Redis, on all nodes of a cluster. It reads only their fixed part, in steps of some hundred records, and
 * estimates their memory from one record of each step. Thread-safe.
 */
final class RedisStatistics {
    private static final int KEYS_PER_STEP = 500;

    private final Supplier<UnifiedJedis> redis;
    private final RedisKeys keys;
    private final ScriptBatch batch;
    private final RedisScript glance = RedisScript.loadWithLayout("glance.lua");

    RedisStatistics(Supplier<UnifiedJedis> redis, RedisKeys keys) {
        this.redis = redis;
        this.keys = keys;
        this.batch = new ScriptBatch(redis);
    }

    /**
     * Counts all records, or as many as it can within the limit.
     *
     * @param counted receives the number of records so far after each step
     */
    RecordStatistics count(Duration limit, LongConsumer counted) {
        long begin = System.nanoTime();
        Tally tally = new Tally();
        ScanIteration scan = RedisFailures.translate(
                RedisStore.NAME, () -> redis.get().scanIteration(KEYS_PER_STEP, keys.patternForAll()));
        while (!scan.isIterationCompleted() && System.nanoTime() - begin < limit.toNanos()) {
            Collection<String> found = RedisFailures.translate(
                    RedisStore.NAME, () -> scan.nextBatch().getResult());
            List<byte[]> names =
                    found.stream().map(name -> name.getBytes(UTF_8)).toList();
            if (!names.isEmpty()) {
                batch.run(glance, names, name -> List.of(List.of(name), List.of()))
                        .forEach(tally::add);
                tally.sample(RedisFailures.translate(
                        RedisStore.NAME, () -> redis.get().memoryUsage(names.get(0))));
                counted.accept(tally.total());
            }
        }
        return tally.result(scan.isIterationCompleted());
    }

    /** The counts so far. For one thread. */
    private static final class Tally {
        private static final long MICROS_PER_MILLI = 1_000;
        private static final long MINUTE = TimeUnit.MINUTES.toMicros(1);
        private static final long HOUR = TimeUnit.HOURS.toMicros(1);
        private static final long DAY = TimeUnit.DAYS.toMicros(1);

        private long processing;
        private long completed;
        private long withoutKey;
        private long underMinute;
        private long underHour;
        private long underDay;
        private long stale;
        private long sampled;
        private long sampledBytes;

        /** Ignores a record that was removed meanwhile, or that is of another release. */
        void add(Object reply) {
            List<?> glimpse = (List<?>) reply;
            long now = (Long) glimpse.get(1);
            RecordCodec.head((byte[]) glimpse.get(0)).ifPresent(head -> add(head, now));
        }

        private void add(RecordCodec.Head head, long now) {
            long age = now - head.claimedAtMicros();
            if (head.completed()) {
                completed++;
            } else {
                processing++;
                stale += now - head.heartbeatAtMicros() > head.lockTimeoutMillis() * MICROS_PER_MILLI ? 1 : 0;
            }
            withoutKey += head.windowMillis() > 0 ? 1 : 0;
            underMinute += age < MINUTE ? 1 : 0;
            underHour += age >= MINUTE && age < HOUR ? 1 : 0;
            underDay += age >= HOUR && age < DAY ? 1 : 0;
        }

        void sample(@Nullable Long bytes) {
            if (bytes != null) {
                sampled++;
                sampledBytes += bytes;
            }
        }

        long total() {
            return processing + completed;
        }

        RecordStatistics result(boolean whole) {
            long older = total() - underMinute - underHour - underDay;
            return new RecordStatistics(
                    processing,
                    completed,
                    total() - withoutKey,
                    withoutKey,
                    new RecordStatistics.Ages(underMinute, underHour, underDay, older),
                    stale,
                    0,
                    sampled == 0 ? 0 : sampledBytes * total() / sampled,
                    whole);
        }
    }
}
