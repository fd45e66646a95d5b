package dev.idem.verification.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.idem.core.store.RecordAdministration;
import dev.idem.core.store.RecordStatistics;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.UnifiedJedis;

/** Statistics of stores that have more records than are sampled. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls fill
class EstimateIT {
    private static final int RECORDS = 40_000;
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private static MigratedDatabase database;
    private static UnifiedJedis client;
    private static String keyPrefix;

    @BeforeAll
    static void fill(TestRedis place, TestDatabase server) {
        database = new MigratedDatabase(server);
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(5));
        keyPrefix = place.keyPrefix();
        new FillStores(Jdbi.create(database::connect), client, keyPrefix)
                .with(FillPlan.of(RECORDS).stale(4_000));
        client.set("of-another-application", "");
    }

    @AfterAll
    static void close() {
        client.close();
        database.close();
    }

    static List<RecordAdministration> stores() {
        return List.of(new PostgresRecords(database.jdbi()), new RedisRecords(() -> client, keyPrefix));
    }

    @ParameterizedTest
    @MethodSource("stores")
    void anEstimateIsMarkedAndNearTheTruth(RecordAdministration store) {
        RecordStatistics estimate = store.estimate(A_WHILE);

        assertThat(estimate.estimate()).isTrue();
        assertThat(estimate.whole()).isTrue();
        assertThat(estimate.total()).isCloseTo(RECORDS, within(RECORDS / 10L));
        assertThat(estimate.processing()).isCloseTo(4_400, within(900L));
        assertThat(estimate.stale()).isCloseTo(4_000, within(900L));
        assertThat(estimate.withoutKey()).isCloseTo(800, within(400L));
        assertThat(estimate.withKey() + estimate.withoutKey()).isEqualTo(estimate.total());
        assertThat(sum(estimate.ages())).isEqualTo(estimate.total());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aCountIsExactAndShowsProgress(RecordAdministration store) {
        AtomicLong steps = new AtomicLong();

        RecordStatistics count = store.statistics(A_WHILE, counted -> steps.incrementAndGet());

        assertThat(count.estimate()).isFalse();
        assertThat(count.whole()).isTrue();
        assertThat(count.total()).isEqualTo(RECORDS);
        assertThat(count.processing()).isEqualTo(4_400);
        assertThat(count.stale()).isEqualTo(4_000);
        assertThat(count.withoutKey()).isEqualTo(800);
        assertThat(steps).hasPositiveValue();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void theSizeOfAnEstimateIsThatOfTheStore(RecordAdministration store) {
        long counted = store.statistics(A_WHILE, count -> {}).bytes();

        assertThat(store.estimate(A_WHILE).bytes()).isCloseTo(counted, within(counted / 5));
    }

    @Test
    void postgresNeedsNoAnalysisForAnEstimate() {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE pg_class SET reltuples = -1, relpages = 0 WHERE relname = 'idempotency_records'"));

        assertThat(new PostgresRecords(database.jdbi()).estimate(A_WHILE).total())
                .isCloseTo(RECORDS, within(RECORDS / 5L));
    }

    private static long sum(RecordStatistics.Ages ages) {
        return ages.underMinute() + ages.underHour() + ages.underDay() + ages.older();
    }
}
