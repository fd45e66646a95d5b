package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Scope;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisAnswers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.Tuple;

/** One of three nodes dies, and Redis has so many records that a scan takes longer than a node may be silent. */
@SuppressWarnings("NullAway.Init") // JUnit calls begin
class CrashedNodeIT extends TwoNodes {
    private static final int RECORDS = 20_000;

    /** So many steps of the scan wait for a heartbeat of each living node: about four seconds. */
    private static final int SLOW_STEPS = 8;

    private static final String JOURNALS = "t:{0}:journals";
    private static final String NOTES = "t:{0}:arrears";

    private final AtomicInteger steps = new AtomicInteger();
    private Node third;
    private RedisClient client;

    @BeforeEach
    void begin(TestDatabase database) {
        start(database, LONG); // so that a busy machine causes no failover
        client = RedisClient.create(redis.url());
        third = new Node("node-3", redis.url(), jdbcUrl, Node.LOCK_TIMEOUT, LONG);
        await().atMost(LONG).until(() -> third.redisDecides() && client.zcard(JOURNALS) == 3);
    }

    @AfterEach
    void closeThird() {
        third.close();
        client.close();
    }

    @Test
    void oneNodeScansOnceAndTheLivingStayAlive() {
        Generation generation = new PostgresTrustRow(jdbi, "test").read().generation();
        fill();
        first.listener.afterStep = this::awaitHeartbeats;
        second.listener.afterStep = this::awaitHeartbeats;

        third.die();

        await().atMost(LONG).untilAsserted(() -> assertThat(inPostgres()).isEqualTo(RECORDS));
        await().atMost(LONG).until(() -> !client.exists(NOTES));
        assertThat(total(node -> node.listener.scanned)).isBetween(RECORDS, RECORDS + RECORDS / 10);
        assertThat(total(node -> node.listener.recovered)).isOne();
        assertThat(total(node -> node.listener.died)).isOne();
        assertThat(client.zcard(JOURNALS)).isEqualTo(2);
        assertThat(new PostgresTrustRow(jdbi, "test").read())
                .satisfies(row -> assertThat(row.generation()).isEqualTo(generation))
                .satisfies(row -> assertThat(row.trusted()).isTrue());
    }

    /** As if the node that dies had completed all, and journalled none. */
    private void fill() {
        RedisAnswers answers = new RedisAnswers(() -> client, "t:");
        Scope scope = new Scope("user:1");
        IntStream.range(0, RECORDS)
                .parallel()
                .forEach(i -> answers.remember(Sample.of(scope, "k" + i).lease(), ANSWER));
    }

    private int inPostgres() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM idempotency_records")
                .mapTo(Integer.class)
                .one());
    }

    private void awaitHeartbeats() {
        if (steps.incrementAndGet() <= SLOW_STEPS) {
            double before = newest();
            await().atMost(LONG).until(() -> oldest() > before);
        }
    }

    private double newest() {
        return heartbeats().mapToDouble(Tuple::getScore).max().orElseThrow();
    }

    private double oldest() {
        return heartbeats().mapToDouble(Tuple::getScore).min().orElseThrow();
    }

    private Stream<Tuple> heartbeats() {
        return client.zrangeWithScores(JOURNALS, 0, -1).stream();
    }

    private int total(Function<Node, AtomicInteger> count) {
        return List.of(first, second).stream()
                .map(count)
                .mapToInt(AtomicInteger::get)
                .sum();
    }
}
