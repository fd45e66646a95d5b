package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.RedisOwner;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Nodes with another database come to the same Redis and key prefix. */
@SuppressWarnings("NullAway.Init") // JUnit calls begin
class TwoInstallationsIT extends TwoNodes {
    private Node stranger;
    private Jdbi strangers;

    @BeforeEach
    void begin(TestDatabase ours, TestDatabase theirs) {
        start(ours);
        strangers = Jdbi.create(Tables.in(theirs));
        stranger = new Node("stranger", redis.url(), theirs.jdbcUrl());
        await().atMost(LONG).until(() -> stranger.listener.foreign());
    }

    @AfterEach
    void close() {
        stranger.close();
    }

    @Test
    void theStrangerLeavesRedisAloneAndDecidesInItsOwnDatabase() {
        Generation before = generation(jdbi);
        first.complete(first.acquire("k"), ANSWER);

        stranger.complete(stranger.acquire("k"), OTHER);
        assertReplays(stranger, "k", OTHER);
        assertThat(stranger.claim("strict", Consistency.STRICT)).isInstanceOf(Claim.Acquired.class);
        IntStream.range(0, 20).forEach(number -> first.complete(first.acquire("k" + number), ANSWER));

        assertReplays(second, "k", ANSWER);
        assertThat(stranger.redisDecides()).isFalse();
        assertThat(new PostgresTrustRow(strangers, "test").read().trusted()).isFalse();
        assertThat(generation(jdbi)).isEqualTo(before);
    }

    @Test
    void afterRedisWasEmptiedItBelongsToItsOwnerAgain() {
        Generation before = generation(jdbi);

        emptyRedis();
        await().atMost(LONG).until(() -> !generation(jdbi).equals(before));
        awaitRedisDecides();

        assertThat(stranger.listener.foreign()).isTrue();
        assertThat(stranger.redisDecides()).isFalse();
    }

    @Test
    void theInstallationThatAdoptsItUsesItAndTheOtherLeavesIt() {
        first.complete(first.acquire("k"), ANSWER);

        try (RedisClient client = RedisClient.create(redis.url())) {
            new RedisOwner(() -> client, "t:").take(new PostgresDurableStore(strangers).installation());
        }
        await().atMost(LONG)
                .until(() -> stranger.redisDecides() && first.listener.foreign() && second.listener.foreign());

        assertThat(stranger.listener.foreign()).isFalse();
        await().atMost(LONG).until(() -> stranger.status().redis().failure().isEmpty());
        assertThat(first.status().redis().failure())
                .hasValueSatisfying(why -> assertThat(why.why()).startsWith("it belongs to another installation"));
        assertReplays(stranger, "k", ANSWER); // the full comparison has copied what Redis had
        assertReplays(first, "k", ANSWER);
        Generation theirs = generation(strangers);
        first.complete(first.acquire("other"), ANSWER);
        stranger.complete(stranger.acquire("other"), OTHER);
        assertReplays(second, "other", ANSWER);
        assertReplays(stranger, "other", OTHER);
        assertThat(generation(strangers)).isEqualTo(theirs);
    }

    @Test
    void aStrangerThatStartsWhileRedisIsAwayLeavesItAloneLater(TestDatabase another) {
        redis.kill();
        Jdbi unusedTables = Jdbi.create(Tables.in(another));
        try (Node late = new Node("late", redis.url(), another.jdbcUrl())) {
            late.complete(late.acquire("k"), OTHER);

            redis.restart();
            await().atMost(LONG).until(() -> late.listener.foreign());
            awaitRedisDecides();

            assertThat(late.redisDecides()).isFalse();
            assertReplays(late, "k", OTHER);
        }
    }

    @Test
    void aNodeThatHasNotReachedItsDatabaseYetReadsNothingThere() {
        first.complete(first.acquire("k"), ANSWER);

        try (Node late = new Node("late", redis.url(), "jdbc:postgresql://127.0.0.1:1/away?user=nobody")) {
            assertThatThrownBy(() -> late.claim("k", Consistency.STRICT)).isInstanceOf(StoreUnavailableException.class);
        }
    }

    private static Generation generation(Jdbi database) {
        return new PostgresTrustRow(database, "test").read().generation();
    }
}
