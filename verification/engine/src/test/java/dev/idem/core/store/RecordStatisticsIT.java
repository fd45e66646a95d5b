package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.Sample;
import dev.idem.core.record.Claim;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
class RecordStatisticsIT {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Duration NO_TIME = Duration.ZERO;

    @Test
    void redisCountsByStateLayerAndAge(TestRedis place) {
        try (UnifiedJedis client = open(place)) {
            RedisRecords records = new RedisRecords(() -> client, place.keyPrefix());
            fill(trusted(client, place), records);
            AtomicLong progress = new AtomicLong();

            RecordStatistics statistics = records.statistics(A_WHILE, progress::set);

            assertCounted(statistics);
            assertThat(statistics.bytes()).isBetween(400L, 10_000L);
            assertThat(statistics.expired()).isZero();
            assertThat(progress).hasValue(4);
        }
    }

    @Test
    void redisStopsCountingWhenTheTimeIsOver(TestRedis place) {
        try (UnifiedJedis client = open(place)) {
            RedisRecords records = new RedisRecords(() -> client, place.keyPrefix());

            assertThat(records.statistics(NO_TIME, count -> {}).whole()).isFalse();
        }
    }

    @Test
    void postgresCountsByStateLayerAndAge(TestDatabase server) {
        try (MigratedDatabase database = new MigratedDatabase(server)) {
            PostgresRecords records = new PostgresRecords(database.jdbi());
            fill(PostgresStore.always(database.jdbi()), records);

            RecordStatistics statistics = records.statistics(A_WHILE, count -> {});

            assertCounted(statistics);
            assertThat(statistics.bytes()).isGreaterThan(8_000);
        }
    }

    @Test
    void whatHasExpiredInPostgresCountsAsNothingElse(TestDatabase server) {
        try (MigratedDatabase database = new MigratedDatabase(server)) {
            PostgresRecords records = new PostgresRecords(database.jdbi());
            fill(PostgresStore.always(database.jdbi()), records);
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("UPDATE idempotency_records SET expires_at = now() - interval '1 s'"));

            RecordStatistics statistics = records.statistics(A_WHILE, count -> {});

            assertThat(statistics.expired()).isEqualTo(4);
            assertThat(statistics.total()).isZero();
            assertThat(statistics.stale()).isZero();
        }
    }

    @Test
    void postgresGivesUpWhenTheTimeIsOver(TestDatabase server) {
        try (MigratedDatabase database = new MigratedDatabase(server)) {
            PostgresRecords records = new PostgresRecords(database.jdbi());
            database.jdbi().useTransaction(other -> {
                other.execute("LOCK TABLE idempotency_records IN ACCESS EXCLUSIVE MODE");

                assertThatThrownBy(() -> records.statistics(Duration.ofMillis(20), count -> {}))
                        .isInstanceOf(StoreUnavailableException.class);
            });
        }
    }

    /** One processing record, one with a dead owner, one with an answer, and one without a key. */
    private static void fill(IdempotencyStore store, RecordAdministration records) {
        Scope scope = new Scope("user:1");
        claim(store, Sample.of(scope, "running"));
        Lease dead = claim(store, Sample.of(scope, "dead").lockTimeout(Duration.ofMillis(1)));
        assertThat(store.complete(claim(store, Sample.of(scope, "done")), Sample.answer(1, 100)))
                .isTrue();
        claim(store, Sample.of(scope, "windowed").within(Duration.ofMillis(100)));
        await().until(() -> records.find(dead.id()).filter(StoredRecord::stale).isPresent());
    }

    private static void assertCounted(RecordStatistics statistics) {
        assertThat(statistics.processing()).isEqualTo(3);
        assertThat(statistics.completed()).isEqualTo(1);
        assertThat(statistics.withKey()).isEqualTo(3);
        assertThat(statistics.withoutKey()).isEqualTo(1);
        assertThat(statistics.stale()).isEqualTo(1);
        assertThat(statistics.ages()).isEqualTo(new RecordStatistics.Ages(4, 0, 0, 0));
        assertThat(statistics.whole()).isTrue();
    }

    private static Lease claim(IdempotencyStore store, Sample sample) {
        return ((Claim.Acquired) store.claim(sample.request())).lease();
    }

    private static UnifiedJedis open(TestRedis place) {
        return RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(2));
    }

    private static RedisStore trusted(UnifiedJedis client, TestRedis place) {
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, place.keyPrefix());
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        return new RedisStore(() -> client, place.keyPrefix(), () -> Optional.of(generation));
    }
}
