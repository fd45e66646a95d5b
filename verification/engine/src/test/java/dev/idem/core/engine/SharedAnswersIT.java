package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.RedisRecords;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.RedisClient;

/**
 * PostgreSQL is unavailable, and Redis was for a moment. Then no store is authoritative, and each node decides for itself.
 * Redis still has answers of one node for the repeats on the other.
 */
@ExtendWith(ServersExtension.class)
final class SharedAnswersIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Policy POLICY = Site.policy(Consistency.FAST, Duration.ZERO, OnStoreFailure.OPEN);
    private static final int LARGE = 1 << 20;

    private final TestRedis server;
    private final PostgresRecords inPostgres;
    private final RedisClient client;
    private final RedisRecords inRedis;
    private final Site first;
    private final Site second;

    SharedAnswersIT(TestRedis redis, TestDatabase database) {
        server = redis;
        inPostgres = new PostgresRecords(Jdbi.create(Tables.in(database)));
        client = RedisClient.create(redis.url());
        inRedis = new RedisRecords(() -> client, redis.keyPrefix());
        first = new Site("first", redis, database, Site.Stores.BOTH, InstantSource.system());
        second = new Site("second", redis, database, Site.Stores.BOTH, InstantSource.system());
    }

    @AfterEach
    void close() {
        reconnect(); // or a journal would wait until its time to drain has passed
        second.close();
        first.close();
        client.close();
    }

    @Test
    void aRepeatOnAnotherNodeIsReplayed() {
        cutOff();
        reconnectToRedis();

        complete(first, "k", answer("k", 1));

        assertReplays(second, "k", answer("k", 1));
        assertReplays(first, "k", answer("k", 1));
    }

    @Test
    void anAnswerIsSharedAsSoonAsRedisResponds() {
        cutOff();
        complete(first, "k", answer("k", 1));

        reconnectToRedis();

        await().atMost(PATIENCE).until(() -> inRedis.find(Node.id("k")).isPresent());
        assertReplays(second, "k", answer("k", 1));
    }

    @Test
    void aRequestThatExecutesUnderALeaseOfRedisIsNotExecutedElsewhere() {
        Lease lease = acquire(first, "k");
        cutOff();
        reconnectToRedis();

        assertThat(second.claim("k", POLICY)).isInstanceOf(Claim.InFlight.class);

        CompletionOutcome unused = first.engine.complete(lease, answer("k", 1));
        assertReplays(second, "k", answer("k", 1));
    }

    @Test
    void anAnswerForWhichThisProcessHasNoMemoryIsReplayedAndStored() {
        List<String> keys =
                IntStream.range(0, 6).mapToObj(number -> "k" + number).toList();
        cutOff();
        reconnectToRedis();

        keys.forEach(key -> complete(first, key, answer(key, LARGE)));

        keys.forEach(key -> assertReplays(first, key, answer(key, LARGE)));
        keys.forEach(key -> assertReplays(second, key, answer(key, LARGE)));
        reconnect();
        keys.forEach(
                key -> await().atMost(PATIENCE).until(() -> inPostgres(key).equals(Optional.of(answer(key, LARGE)))));
    }

    @Test
    void anEarlierAnswerThatOnlyPostgresHasStands() {
        complete(first, "k", answer("k", 1));
        await().atMost(PATIENCE).until(() -> inPostgres("k").isPresent());
        cutOff();
        client.flushDB();
        reconnectToRedis();
        complete(second, "k", answer("other", 1));

        reconnect();

        await().atMost(PATIENCE)
                .until(() ->
                        inRedis.find(Node.id("k")).flatMap(StoredRecord::answer).equals(Optional.of(answer("k", 1))));
        await().atMost(PATIENCE).untilAsserted(() -> assertReplays(second, "k", answer("k", 1)));
        assertReplays(first, "k", answer("k", 1));
        assertThat(inPostgres("k")).contains(answer("k", 1));
    }

    /** Until no node trusts a store. */
    private void cutOff() {
        for (Site site : List.of(first, second)) {
            site.cutOff();
            complete(site, "lost-" + server.keyPrefix() + site.hashCode(), answer("lost", 1));
        }
    }

    private void reconnectToRedis() {
        for (Site site : List.of(first, second)) {
            site.reconnectToRedis();
            await().atMost(PATIENCE).until(() -> !site.engine.status().redis().circuitBreakerOpen());
        }
    }

    private void reconnect() {
        first.reconnect();
        second.reconnect();
    }

    private static void complete(Site site, String key, Answer answer) {
        CompletionOutcome unused = site.engine.complete(acquire(site, key), answer);
    }

    private static Lease acquire(Site site, String key) {
        return ((Claim.Acquired) site.claim(key, POLICY)).lease();
    }

    private Optional<Answer> inPostgres(String key) {
        return inPostgres.find(Node.id(key)).flatMap(StoredRecord::answer);
    }

    private static RecordedResponse answer(String key, int length) {
        return Sample.answer(key.hashCode(), length);
    }

    private static void assertReplays(Site site, String key, Answer answer) {
        assertThat(site.claim(key, POLICY))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(answer));
    }
}
