package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.connect.RedisConnections;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.RedisClient;

/**
 * Two nodes on their own Redis, which tests may kill. Each test has its own instance, so that tests can run in
 * parallel.
 */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
abstract class TwoNodes {
    static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});
    static final RecordedResponse OTHER = new RecordedResponse(201, List.of(), new byte[] {2});
    static final Duration LONG = Duration.ofSeconds(30);

    EphemeralRedis redis;
    String jdbcUrl;
    Jdbi jdbi;
    Node first;
    Node second;

    /** Returns when Redis is authoritative. */
    final void start(TestDatabase database) {
        start(database, RedisConnections.DEFAULT_TIMEOUT);
    }

    /** Returns when Redis is authoritative. */
    final void start(TestDatabase database, Duration redisTimeout) {
        redis = EphemeralRedis.startDurable();
        jdbi = Jdbi.create(Tables.in(database));
        jdbcUrl = database.jdbcUrl();
        first = new Node("node-1", redis.url(), jdbcUrl, Node.LOCK_TIMEOUT, redisTimeout);
        second = new Node("node-2", redis.url(), jdbcUrl, Node.LOCK_TIMEOUT, redisTimeout);
        awaitRedisDecides();
    }

    @AfterEach
    final void stop() {
        Stream.of(second, first).filter(Objects::nonNull).forEach(Node::close);
        if (redis != null) {
            redis.close();
        }
    }

    final Lease acquireAndAwaitJournal(String key) {
        Lease lease = first.acquire(key);
        await().atMost(LONG)
                .until(() -> new PostgresRecords(jdbi).find(lease.id()).isPresent());
        return lease;
    }

    final void awaitJournalled(String key) {
        await().atMost(LONG).ignoreExceptions().until(() -> new PostgresRecords(jdbi)
                .find(Node.id(key))
                .flatMap(record -> record.answer())
                .isPresent());
    }

    final void emptyRedis() {
        try (RedisClient client = RedisClient.create(redis.url())) {
            client.flushAll();
        }
    }

    final void awaitRedisDecides() {
        await().atMost(LONG)
                .until(() -> new PostgresTrustRow(jdbi, "test").read().trusted()
                        && first.redisDecides()
                        && second.redisDecides());
    }

    static void assertReplays(Node node, String key, RecordedResponse answer) {
        assertThat(node.claim(key)).isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                .isEqualTo(answer));
    }
}
