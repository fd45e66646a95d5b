package dev.idem.core.store.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.idem.core.record.AnswerNotStored;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.store.AnswerCodec;
import dev.idem.core.store.StoreStatistics;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Counts the records in Redis, of each of which only the head travels. Thread-safe. */
final class RedisCensus {
    private static final int KEYS_PER_STEP = 500;
    private static final List<byte[]> UNKNOWN = List.of(AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN));

    private final RedisScan scan;
    private final RedisBatch batch;
    private final String pattern;
    private final RedisScript head = RedisScript.load("head.lua");

    RedisCensus(RedisScan scan, RedisBatch batch, RedisKeys keys) {
        this.scan = scan;
        this.batch = batch;
        this.pattern = keys.patternForAll();
    }

    StoreStatistics take(LongConsumer progress) {
        StoreStatistics.Counter counter = new StoreStatistics.Counter();
        @Nullable String cursor = null;
        do {
            RedisScan.Step step = scan.next(pattern, cursor, KEYS_PER_STEP);
            batch.run(head, step.names(), name -> List.of(List.of(name), UNKNOWN))
                    .forEach(reply -> count((List<?>) reply, counter));
            progress.accept(counter.records());
            cursor = step.next();
        } while (cursor != null);
        return counter.statistics();
    }

    private static void count(List<?> head, StoreStatistics.Counter counter) {
        if (head.isEmpty()) { // it was removed since
            return;
        }
        boolean completed = text(head, 0).equals("C");
        counter.add(
                completed ? State.COMPLETED : State.PROCESSING,
                Duration.of(number(head, 1), ChronoUnit.MICROS),
                !completed
                        && number(head, 2) > Duration.ofMillis(number(head, 3)).toNanos() / 1_000,
                number(head, 4) > 0,
                number(head, 5) == 1,
                Optional.of(number(head, 6)).filter(bytes -> bytes > 0).orElse(number(head, 7)));
    }

    private static String text(List<?> head, int index) {
        return new String((byte[]) head.get(index), US_ASCII);
    }

    private static long number(List<?> head, int index) {
        return (Long) head.get(index);
    }
}
