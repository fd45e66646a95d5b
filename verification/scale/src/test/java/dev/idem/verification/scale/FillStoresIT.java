package dev.idem.verification.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.RecordId;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.store.RecordCopy;
import dev.idem.core.store.authority.TrustRow;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresCopy;
import dev.idem.postgres.PostgresTrustRow;
import dev.idem.redis.RedisCopy;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls open
class FillStoresIT {
    private static final FillPlan PLAN = FillPlan.of(1_000).stale(20).large(3);

    private MigratedDatabase database;
    private UnifiedJedis client;
    private String keyPrefix;
    private FillStores fill;

    @BeforeEach
    void open(TestRedis place, TestDatabase server) {
        database = new MigratedDatabase(server);
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(5));
        keyPrefix = place.keyPrefix();
        fill = new FillStores(Jdbi.create(database::connect), client, keyPrefix);
    }

    @AfterEach
    void close() {
        client.close();
        database.close();
    }

    @Test
    void bothStoresReadWhatWasPlanned() {
        List<StoredRecord> planned = records(fill.with(PLAN));
        List<RecordId> ids = planned.stream().map(StoredRecord::id).toList();

        assertSame(found(new PostgresCopy(database.jdbi()), ids), planned);
        assertSame(found(new RedisCopy(() -> client, keyPrefix), ids), planned);
    }

    @Test
    void aPlanHasAsManyOfEachKindAsItSays() {
        List<StoredRecord> planned = records(fill.with(PLAN));

        assertThat(planned).extracting(StoredRecord::id).doesNotHaveDuplicates().hasSize(1_000);
        assertThat(planned).filteredOn(StoredRecord::executing).hasSize(10);
        assertThat(planned).filteredOn(StoredRecord::stale).hasSize(20);
        assertThat(planned).filteredOn(StoredRecord::outcomeUnknown).hasSize(1);
        assertThat(planned).filteredOn(record -> record.id().isWithoutKey()).hasSize(20);
        assertThat(planned)
                .filteredOn(record -> record.id().scope().equals(RecordSeries.LARGE_SCOPE))
                .hasSize(500);
    }

    @Test
    void redisIsTheAuthoritativeStoreAfterwards() {
        fill.with(PLAN);

        TrustRow.State state = new PostgresTrustRow(database.jdbi(), "test").read();
        assertThat(state.trusted()).isTrue();
        assertThat(new RedisMarkers(() -> client, keyPrefix).isIntact(state.generation()))
                .isTrue();
    }

    @Test
    void aFillBesideOthersEndsNoGeneration() {
        fill.with(FillPlan.of(10));
        TrustRow.State before = new PostgresTrustRow(database.jdbi(), "test").read();

        fill.with(FillPlan.of(100).keys(255));

        assertThat(new PostgresTrustRow(database.jdbi(), "test").read()).isEqualTo(before);
    }

    private static List<StoredRecord> found(RecordCopy store, List<RecordId> ids) {
        List<StoredRecord> found = new ArrayList<>();
        store.find(ids, found::addAll);
        return found;
    }

    private static List<StoredRecord> records(RecordSeries series) {
        return IntStream.range(0, series.size()).mapToObj(series::record).toList();
    }

    private static void assertSame(List<StoredRecord> read, List<StoredRecord> planned) {
        Map<RecordId, StoredRecord> plan =
                planned.stream().collect(Collectors.toMap(StoredRecord::id, Function.identity()));
        assertThat(read).hasSameSizeAs(planned).allSatisfy(record -> {
            StoredRecord expected = Objects.requireNonNull(plan.get(record.id()));
            assertThat(readWith(expected, record)).isEqualTo(expected);
            assertThat(record.expiresAt())
                    .as("Redis counts milliseconds from its own time")
                    .isBetween(
                            expected.expiresAt().minusSeconds(30),
                            expected.expiresAt().plusSeconds(30));
        });
    }

    /** The record as read, at the times of the plan. */
    private static StoredRecord readWith(StoredRecord times, StoredRecord read) {
        return new StoredRecord(
                read.id(),
                read.fingerprint(),
                read.owner(),
                read.fencing(),
                read.attempt(),
                read.origin(),
                read.claimedAt(),
                read.heartbeatAt(),
                read.lockTimeout(),
                read.window(),
                read.completedAt(),
                times.expiresAt(),
                read.answer(),
                times.readAt());
    }
}
