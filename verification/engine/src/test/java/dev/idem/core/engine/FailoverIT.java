package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.failover.AuthorityState;
import dev.idem.core.failover.FailoverListener;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresTrustRow;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.RedisClient;

/** Redis dies, loses its records, or restarts with an old state. */
class FailoverIT extends TwoNodes {
    @BeforeEach
    void begin(TestDatabase database) {
        start(database);
    }

    @Test
    void whatRedisDecidedIsKnownToPostgresqlWithinMoments() {
        Lease lease = first.acquire("k");
        first.complete(lease, ANSWER);

        assertThat(lease.store()).isEqualTo("redis");
        await().atMost(LONG).untilAsserted(() -> assertThat(
                        new PostgresRecords(jdbi).find(lease.id()).flatMap(r -> r.answer()))
                .contains(ANSWER));
    }

    @Test
    void anAnswerSurvivesARedisThatWasEmptied() {
        first.complete(acquireAndAwaitJournal("k"), ANSWER);
        awaitJournalled("k");

        emptyRedis();

        assertReplays(second, "k", ANSWER);
        awaitRedisDecides();
        assertReplays(second, "k", ANSWER);
    }

    @Test
    void anAnswerSurvivesARedisThatDied() {
        first.complete(acquireAndAwaitJournal("k"), ANSWER);
        awaitJournalled("k");

        redis.kill();

        assertReplays(first, "k", ANSWER);
        assertReplays(second, "k", ANSWER);
    }

    @Test
    void aRequestInFlightIsStillInFlightForOthersWhenRedisIsGone() {
        Lease lease = acquireAndAwaitJournal("k");

        redis.kill();

        assertThat(second.claim("k")).isInstanceOf(Claim.InFlight.class);
        assertThat(first.complete(lease, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(second, "k", ANSWER);
    }

    @Test
    void aRequestInFlightStaysInFlightWhenRedisDecidesAgain() {
        Lease lease = acquireAndAwaitJournal("k");

        emptyRedis();
        awaitRedisDecides();

        assertThat(second.claim("k")).isInstanceOf(Claim.InFlight.class);
        assertThat(first.complete(lease, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(second, "k", ANSWER);
    }

    @Test
    void whatPostgresqlDecidedMeanwhileIsKnownToRedisWhenItDecidesAgain() {
        redis.kill();
        Lease completed = first.acquire("completed");
        first.complete(completed, ANSWER);
        Lease held = second.acquire("held");
        second.abandon(second.acquire("freed"));

        redis.restart();
        awaitRedisDecides();

        assertThat(completed.store()).isEqualTo("postgresql");
        assertReplays(second, "completed", ANSWER);
        assertThat(first.claim("held")).isInstanceOf(Claim.InFlight.class);
        assertThat(first.acquire("freed").store()).isEqualTo("redis");
        assertThat(second.complete(held, OTHER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(first, "held", OTHER);
    }

    @Test
    void aRedisThatComesBackWithAnOldStateIsNotBelieved() {
        Lease lease = acquireAndAwaitJournal("k");
        redis.pause(); // nothing more reaches its file
        first.complete(lease, ANSWER);
        redis.kill();
        redis.restart();

        assertReplays(second, "k", ANSWER);
        awaitRedisDecides();
        assertReplays(second, "k", ANSWER);
    }

    @Test
    void aRedisThatOnlyPausedIsToldWhatItMissed() {
        first.complete(first.acquire("before"), ANSWER);
        redis.pause();
        first.complete(first.acquire("meanwhile"), OTHER);
        redis.resume();
        awaitRedisDecides();

        assertReplays(second, "before", ANSWER);
        assertReplays(second, "meanwhile", OTHER);
    }

    @Test
    void oneMissingMarkerEndsTheTrust() {
        try (RedisClient client = RedisClient.create(redis.url())) {
            String before = generation();

            client.del("t:{7}:trust");

            await().atMost(LONG).until(() -> !generation().equals(before));
            awaitRedisDecides();
            assertThat(client.get("t:{7}:trust")).isEqualTo(generation());
        }
    }

    @Test
    void aNodeThatStartsLaterSeesWhoDecides() {
        redis.kill();
        first.complete(first.acquire("k"), ANSWER);

        try (Node late = new Node("node-3", redis.url(), jdbcUrl)) {
            assertThat(late.redisDecides()).isFalse();
            assertReplays(late, "k", ANSWER);
            redis.restart();
            await().atMost(LONG).until(late::redisDecides);
            assertReplays(late, "k", ANSWER);
        }
    }

    @Test
    void whileANodeCannotReachRedisItDecidesForNobody() {
        try (Node cutOff = new Node("node-3", "redis://127.0.0.1:1", jdbcUrl)) {
            await().atMost(LONG).until(() -> !first.redisDecides() && !second.redisDecides());
            first.complete(first.acquire("k"), ANSWER);

            assertReplays(cutOff, "k", ANSWER);
            assertThat(first.redisDecides()).isFalse();
        }
        awaitRedisDecides();
        assertReplays(second, "k", ANSWER);
    }

    /**
     * Otherwise two nodes would alternate: one trusts Redis again, the other revokes it, and both stores decide
     * meanwhile.
     */
    @Test
    void aRedisThatWasSilentForOneNodeIsNotTrustedAgainAtOnce() {
        PostgresTrustRow table = new PostgresTrustRow(Jdbi.create(jdbcUrl), "a node that is cut off");
        AuthorityState cutOff = new AuthorityState(table, FailoverListener.NONE);
        Generation generation = cutOff.look().generation();

        cutOff.lost(generation, new StoreUnavailableException("redis", "Read timed out"));

        assertThat(cutOff.look().blocked()).isTrue();
        awaitRedisDecides();
        assertThat(table.read().generation()).isNotEqualTo(generation);
    }

    @Test
    void whoTakesOverInAnotherStoreHasAHigherFencingNumber() {
        Lease late = acquireAndAwaitJournal("k");
        redis.kill();
        await().atMost(LONG).until(() -> second.claim("k") instanceof Claim.InFlight);
        first.close(); // its heartbeats end

        Claim takenOver = await().atMost(LONG).until(() -> second.claim("k"), Claim.Acquired.class::isInstance);
        Lease successor = ((Claim.Acquired) takenOver).lease();

        assertThat(successor.fencing()).isGreaterThan(late.fencing());
        assertThat(successor.attempt()).isEqualTo(2);
        redis.restart();
        first = new Node("node-1", redis.url(), jdbcUrl);
        awaitRedisDecides();
        assertThat(first.complete(late, ANSWER)).isInstanceOf(CompletionOutcome.Fenced.class);
        assertThat(second.complete(successor, OTHER)).isEqualTo(new CompletionOutcome.Stored());
        assertReplays(first, "k", OTHER);
    }

    @Test
    void strictDoesNotCareWhatRedisForgot() {
        Lease lease = ((Claim.Acquired) first.claim("k", Consistency.STRICT)).lease();
        emptyRedis();
        assertThat(second.claim("k", Consistency.STRICT)).isInstanceOf(Claim.InFlight.class);
        first.complete(lease, ANSWER);
        emptyRedis();

        assertThat(second.claim("k", Consistency.STRICT)).isInstanceOf(Claim.Replay.class);
    }

    @Test
    void manyRecordsAreToldInPages() {
        redis.kill();
        IntStream.range(0, 1_234).forEach(n -> first.complete(first.acquire("k-" + n), ANSWER));

        redis.restart();
        awaitRedisDecides();

        IntStream.range(0, 1_234).forEach(n -> assertReplays(second, "k-" + n, ANSWER));
    }

    private String generation() {
        return new PostgresTrustRow(jdbi, "test").read().generation().toString();
    }
}
