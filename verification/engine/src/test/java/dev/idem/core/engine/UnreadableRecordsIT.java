package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.embedded.junit.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** A failback goes on past what it cannot read, and frees no key by that. */
class UnreadableRecordsIT extends TwoNodes {
    @BeforeEach
    void begin(TestDatabase database) {
        start(database);
    }

    @Test
    void aFailbackPassesOverThemAndTheirKeysStayClosed() {
        for (String key : new String[] {"good", "damaged", "renamed", "ancient", "future"}) {
            first.complete(acquireAndAwaitJournal(key), ANSWER);
            awaitJournalled(key);
        }
        change("answer = '\\x0952'", "damaged");
        change("key = 'ключ'", "renamed");
        change("claimed_at = '-infinity'", "ancient");
        change("completed_at = '200000-01-01'", "future");
        var unused = acquireAndAwaitJournal("running");
        change("heartbeat_at = 'infinity'", "running");
        emptyRedis();
        leaveForeignKeys();

        await().atMost(LONG).until(() -> second.claim("good") instanceof Claim.Replay);
        awaitRedisDecides();

        assertReplays(second, "good", ANSWER);
        for (String key : new String[] {"damaged", "ancient", "future"}) {
            await().atMost(LONG).untilAsserted(() -> assertThat(second.claim(key))
                    .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                            .isEqualTo(new AnswerNotStored(AnswerNotStored.Reason.FAILED))));
        }
        assertThat(second.claim("running")).isInstanceOf(Claim.InFlight.class);
        long rows = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM idempotency_records")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isEqualTo(6);
    }

    @Test
    void aRequestForOneIsRefusedAndTheStoresStayWell() {
        first.complete(acquireAndAwaitJournal("k"), ANSWER);
        try (RedisClient client = RedisClient.create(redis.url())) {
            client.keys("t:{*}:rec:*").forEach(name -> client.set(name, "foreign"));
        }

        assertThatThrownBy(() -> second.claim("k")).isInstanceOf(UnreadableRecordException.class);

        assertThat(second.redisDecides()).isTrue();
        assertThat(second.acquire("other").store()).isEqualTo("redis");
    }

    private void leaveForeignKeys() {
        try (RedisClient client = RedisClient.create(redis.url())) {
            client.hset("t:{3}:rec:no record", "a", "b");
            client.set("t:{4}:rec:1:s:k".getBytes(StandardCharsets.US_ASCII), new byte[] {9});
            client.hset("t:{0}:arrears", Map.of("foreign", "field"));
        }
    }

    private void change(String what, String key) {
        jdbi.useHandle(handle -> handle.execute("UPDATE idempotency_records SET " + what + " WHERE key = ?", key));
    }
}
