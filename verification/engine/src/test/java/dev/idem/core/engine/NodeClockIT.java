package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import dev.idem.core.engine.Site.Stores;
import dev.idem.core.engine.strategy.CompletionOutcome;
import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.UnifiedJedis;

/** Two nodes whose clocks differ by ten minutes, and stores that decide by their own clocks. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NodeClockIT {
    private static final Duration OFF = Duration.ofMinutes(5);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration WINDOW = Duration.ofMinutes(2);
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});

    private static final String OF_LATE = "of the late one, ";
    private static final String OF_EARLY = "of the early one, ";

    private TestRedis redis;
    private TestDatabase database;
    private Site late;
    private Site early;

    @BeforeAll
    void start(TestRedis redisServer, TestDatabase databaseServer) {
        redis = redisServer;
        database = databaseServer;
        late = new Site("late", redis, database, Stores.BOTH, offBy(OFF.negated()));
        early = new Site("early", redis, database, Stores.BOTH, offBy(OFF));
    }

    @AfterAll
    void stop() {
        late.close();
        early.close();
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void neitherTakesTheOthersRequestOverNorForgetsItsAnswer(Consistency consistency) {
        Policy policy = policy(consistency, Duration.ofMinutes(1));
        Lease ofLate = ((Claim.Acquired) late.claim(OF_LATE + consistency, policy)).lease();
        Lease ofEarly = ((Claim.Acquired) early.claim(OF_EARLY + consistency, policy)).lease();

        assertThat(early.claim(OF_LATE + consistency, policy)).isInstanceOf(Claim.InFlight.class);
        assertThat(late.claim(OF_EARLY + consistency, policy)).isInstanceOf(Claim.InFlight.class);

        assertThat(late.engine.complete(ofLate, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertThat(early.engine.complete(ofEarly, ANSWER)).isEqualTo(new CompletionOutcome.Stored());
        assertThat(early.claim(OF_LATE + consistency, policy)).isInstanceOf(Claim.Replay.class);
        assertThat(late.claim(OF_EARLY + consistency, policy)).isInstanceOf(Claim.Replay.class);
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void aDeadOwnersLockTimeoutIsTheStores(Consistency consistency) {
        Policy policy = policy(consistency, Duration.ofSeconds(3));
        String key = "of a dead one, " + consistency;
        try (Site dead = new Site("dead", redis, database, Stores.BOTH, offBy(OFF.negated()))) {
            dead.claim(key, policy);
        }

        assertThat(early.claim(key, policy)).isInstanceOf(Claim.InFlight.class);
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> early.claim(key, policy) instanceof Claim.Acquired acquired
                        && acquired.lease().takenOver());
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void aWindowIsTheStores(Consistency consistency) {
        Policy policy = policy(consistency, Duration.ofMinutes(1));
        Lease ofLate = ((Claim.Acquired) late.claim("l" + consistency, WINDOW, policy)).lease();
        late.engine.complete(ofLate, ANSWER);
        Duration tick = Duration.ofMillis(20);
        Lease ofEarly = ((Claim.Acquired) early.claim("e" + consistency, tick, policy)).lease();
        early.engine.complete(ofEarly, ANSWER);

        assertThat(early.claim("l" + consistency, WINDOW, policy)).isInstanceOf(Claim.Replay.class);
        await().atMost(PATIENCE).until(() -> late.claim("e" + consistency, tick, policy) instanceof Claim.Acquired);
    }

    @ParameterizedTest
    @EnumSource(Consistency.class)
    void whatIsStoredHasTheStoresTimes(Consistency consistency) {
        Policy policy = policy(consistency, Duration.ofMinutes(1));
        Lease lease = ((Claim.Acquired) early.claim("times, " + consistency, policy)).lease();

        StoredRecord record = stored(consistency, lease);
        assertThat(record.claimedAt()).isCloseTo(record.readAt(), within(1, ChronoUnit.MINUTES));
        assertThat(record.heartbeatAt()).isCloseTo(record.readAt(), within(1, ChronoUnit.MINUTES));
        early.engine.complete(lease, ANSWER);
        StoredRecord completed = stored(consistency, lease);
        assertThat(completed.completedAt().orElseThrow()).isCloseTo(completed.readAt(), within(1, ChronoUnit.MINUTES));
        assertThat(Duration.between(completed.readAt(), completed.expiresAt()))
                .isBetween(policy.ttl().minusMinutes(1), policy.ttl());
        assertThat(lease.fencing())
                .isCloseTo(
                        ChronoUnit.MICROS.between(Instant.EPOCH, record.readAt()),
                        within(Duration.ofMinutes(1).toNanos() / 1_000));
    }

    private StoredRecord stored(Consistency consistency, Lease lease) {
        if (consistency == Consistency.STRICT) {
            try (MigratedDatabase ofOperators = new MigratedDatabase(database)) {
                return new PostgresRecords(ofOperators.jdbi()).find(lease.id()).orElseThrow();
            }
        }
        try (UnifiedJedis ofOperators =
                RedisConnections.open((RedisTarget.External) RedisTarget.parse(redis.url(), null), PATIENCE)) {
            return new RedisRecords(() -> ofOperators, redis.keyPrefix())
                    .find(lease.id())
                    .orElseThrow();
        }
    }

    private static InstantSource offBy(Duration duration) {
        return () -> InstantSource.system().instant().plus(duration);
    }

    private static Policy policy(Consistency consistency, Duration lockTimeout) {
        return new Policy(Duration.ofHours(1), lockTimeout, Duration.ZERO, OnStoreFailure.CLOSED, consistency);
    }
}
