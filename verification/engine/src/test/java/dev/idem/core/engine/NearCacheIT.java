package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.near.NearCache;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.RecordAdministration;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.redis.RedisRecords;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two nodes that keep answers in memory: an operator's deletion reaches both, with any tool and in any store. */
@ExtendWith(ServersExtension.class)
class NearCacheIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Answer ANSWER = new RecordedResponse(201, List.of(), new byte[] {7});

    private final String prefix;
    private final Site first;
    private final Site second;
    private final RecordAdministration inRedis;
    private final RecordAdministration inPostgres;

    NearCacheIT(TestRedis redis, TestDatabase database) {
        prefix = redis.keyPrefix();
        first = Site.keepingNear("first", redis, database);
        second = Site.keepingNear("second", redis, database);
        inRedis = new RedisRecords(first::redis, redis.keyPrefix());
        inPostgres = new PostgresRecords(Jdbi.create(database.jdbcUrl()));
    }

    @AfterEach
    void close() {
        first.close();
        second.close();
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void itsOwnAnswersAndThoseItWasGivenAreKept(Consistency consistency) {
        Policy policy = policy(consistency);
        execute(first, "k", policy);

        awaitNear(() -> first.claim("k", policy));
        assertThat(storeOf(second.claim("k", policy))).isNotEqualTo(NearCache.NAME);
        if (consistency == Consistency.FAST) {
            awaitNear(() -> second.claim("k", policy));
        }
    }

    @Test
    void itIsAnsweredWhileNoStoreIsThere() {
        Policy closed = Site.policy(Consistency.FAST, Duration.ZERO, OnStoreFailure.CLOSED);
        execute(first, "k", closed);

        awaitNear(() -> first.claim("k", closed));
        first.cutOff();

        assertThat(storeOf(first.claim("k", closed))).isEqualTo(NearCache.NAME);
    }

    @Test
    void aDeletionInRedisReachesEveryNode() {
        deletionReachesBoth(inRedis, policy(Consistency.FAST));
    }

    @Test
    void aDeletionInPostgresqlReachesEveryNode() {
        Policy strict = policy(Consistency.STRICT);
        execute(first, "k", strict);
        awaitNear(() -> first.claim("k", strict));
        RecordId id = Node.id("k");
        await().atMost(PATIENCE).until(() -> inRedis.find(id).isPresent());
        String name = first.redis().keys(prefix + "*:rec:*").iterator().next();

        // Only PostgreSQL reports it: the record leaves Redis without notice.
        first.redis().del(name);
        assertThat(inPostgres.delete(id)).isTrue();

        await().atMost(PATIENCE).until(() -> first.claim("k", strict) instanceof Claim.Acquired);
    }

    @Test
    void aDeletionOfNothingIsNone() {
        assertThat(inPostgres.delete(Node.id("nobody's"))).isFalse();
        assertThat(inRedis.delete(Node.id("nobody's"))).isFalse();
    }

    private void deletionReachesBoth(RecordAdministration store, Policy policy) {
        execute(first, "k", policy);
        awaitNear(() -> first.claim("k", policy));
        assertThat(storeOf(second.claim("k", policy))).isNotEqualTo(NearCache.NAME);
        awaitNear(() -> second.claim("k", policy));

        assertThat(store.delete(Node.id("k"))).isTrue();

        await().atMost(PATIENCE).until(() -> first.claim("k", policy) instanceof Claim.Acquired);
        await().atMost(PATIENCE).until(() -> second.claim("k", policy) instanceof Claim.InFlight);
    }

    private static Policy policy(Consistency consistency) {
        return Site.policy(consistency, Duration.ZERO, OnStoreFailure.OPEN);
    }

    private static void execute(Site site, String key, Policy policy) {
        Claim claim = site.claim(key, policy);
        assertThat(site.engine.complete(((Claim.Acquired) claim).lease(), ANSWER))
                .isEqualTo(new CompletionOutcome.Stored());
    }

    /** A node drops answers that it kept before its first look for deletions. */
    private static void awaitNear(Supplier<Claim> claim) {
        await().atMost(PATIENCE).until(() -> storeOf(claim.get()).equals(NearCache.NAME));
    }

    private static String storeOf(Claim claim) {
        assertThat(claim).isInstanceOf(Claim.Replay.class);
        return ((Claim.Replay) claim).store();
    }
}
