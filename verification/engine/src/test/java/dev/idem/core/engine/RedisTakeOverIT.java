package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.record.Claim;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.schema.Tables;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** One of several Redis servers is killed while two nodes execute requests, and its replica takes over. */
@ExtendWith(ServersExtension.class)
class RedisTakeOverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LOCK_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(500);
    private static final int WRITERS = 4;
    private static final int ENOUGH = 200;

    private final String jdbcUrl;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentHashMap<String, Integer> executions = new ConcurrentHashMap<>();
    private final Queue<Violation> violations = new ConcurrentLinkedQueue<>();

    private record Violation(String key, String what) {}

    RedisTakeOverIT(TestDatabase database) {
        Tables.in(database);
        jdbcUrl = database.jdbcUrl();
    }

    @Test
    void aShardOfAClusterIsLostAndNoRequestExecutesTwice(@TempDir Path directory) throws Exception {
        try (RedisGroup cluster = RedisGroup.cluster(directory)) {
            survivesTheLossOfOne(cluster);
        }
    }

    @Test
    void theServerThatASentinelWatchesIsLostAndNoRequestExecutesTwice(@TempDir Path directory) throws Exception {
        try (RedisGroup pair = RedisGroup.sentinel(directory)) {
            survivesTheLossOfOne(pair);
        }
    }

    private void survivesTheLossOfOne(RedisGroup redis) throws Exception {
        try (Node one = new Node("one", redis.target(), jdbcUrl, LOCK_TIMEOUT, REDIS_TIMEOUT);
                Node two = new Node("two", redis.target(), jdbcUrl, LOCK_TIMEOUT, REDIS_TIMEOUT)) {
            awaitThatRedisDecides(one, two);
            AtomicBoolean over = new AtomicBoolean();
            ExecutorService writers = Executors.newFixedThreadPool(WRITERS);
            List<Future<?>> running = IntStream.range(0, WRITERS)
                    .<Future<?>>mapToObj(writer -> writers.submit(() -> {
                        while (!over.get()) {
                            execute(writer % 2 == 0 ? one : two, writer % 2 == 0 ? two : one);
                        }
                    }))
                    .toList();
            awaitMore();
            redis.killOne();
            await().atMost(PATIENCE).until(() -> !one.redisDecides() && !two.redisDecides());
            awaitMore();
            redis.awaitTakeOver();
            awaitThatRedisDecides(one, two);
            awaitMore();
            over.set(true);
            for (Future<?> writer : running) {
                writer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            writers.shutdown();
            executions.keySet().forEach(key -> {
                expectReplay(key, one.claim(key));
                expectReplay(key, two.claim(key));
            });
        }
        assertThat(violations).isEmpty();
        assertThat(executions.values()).hasSizeGreaterThan(2 * ENOUGH).allMatch(Integer.valueOf(1)::equals);
    }

    private void execute(Node owner, Node other) {
        String key = "key-" + next.getAndIncrement();
        Claim claim = owner.claim(key);
        if (claim instanceof Claim.Acquired acquired) {
            executions.merge(key, 1, Integer::sum);
            if (!(owner.complete(acquired.lease(), answer(key)) instanceof CompletionOutcome.Stored)) {
                violations.add(new Violation(key, "was not stored"));
            }
        } else {
            violations.add(new Violation(key, "was refused: " + claim));
        }
        expectReplay(key, other.claim(key));
    }

    private void expectReplay(String key, Claim claim) {
        if (claim instanceof Claim.Acquired) {
            executions.merge(key, 1, Integer::sum);
        }
        if (!(claim instanceof Claim.Replay replay) || !replay.answer().equals(answer(key))) {
            violations.add(new Violation(key, "was not replayed: " + claim));
        }
    }

    private void awaitMore() {
        int enough = executions.size() + ENOUGH;
        await().atMost(PATIENCE).until(() -> executions.size() >= enough);
    }

    private static void awaitThatRedisDecides(Node one, Node two) {
        await().atMost(PATIENCE).until(() -> one.redisDecides() && two.redisDecides());
    }

    private static Answer answer(String key) {
        byte[] body = ByteBuffer.allocate(Integer.BYTES).putInt(key.hashCode()).array();
        return new RecordedResponse(201, List.of(), body);
    }
}
