package dev.idem.verification.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.operations.Authority;
import dev.idem.core.operations.InspectRecords;
import dev.idem.core.operations.InspectRecords.Inspection;
import dev.idem.core.operations.RecordStores;
import dev.idem.core.operations.RecordVerdict;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordHead;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.view.RecordView;
import dev.idem.core.store.RecordAdministration.Depth;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.connect.PostgresFailures;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** Searches of stores that have more records than a quick search examines. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls fill
class QuickSearchIT {
    private static final int RECORDS = 2_000;
    private static final Depth QUICK = new Depth(RECORDS / 4);

    private static MigratedDatabase database;
    private static UnifiedJedis client;
    private static RedisRecords redis;
    private static RecordSeries series;
    private static InspectRecords inspect;

    @BeforeAll
    static void fill(TestRedis place, TestDatabase server) {
        database = new MigratedDatabase(server);
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(5));
        redis = new RedisRecords(() -> client, place.keyPrefix());
        series = new FillStores(Jdbi.create(database::connect), client, place.keyPrefix()).with(FillPlan.of(RECORDS));
        inspect = inspect(database.jdbi());
    }

    @AfterAll
    static void close() {
        client.close();
        database.close();
    }

    private static InspectRecords inspect(Jdbi postgres) {
        return new InspectRecords(new RecordStores(
                redis, new PostgresRecords(postgres), () -> Authority.of(redis.name()), PostgresFailures::forOperator));
    }

    @Test
    void aKeyThatPostgresKnowsNeedsNoSearch() {
        Inspection found = inspect.key(key(0).key(), QUICK);

        assertThat(found.partial()).isFalse();
        assertThat(found.records()).extracting(RecordView::store).containsExactly("redis", "postgresql");
    }

    @Test
    void aKeyThatNobodySentIsNotSaidToBeMissing() {
        assertThat(inspect.key("nobody's", QUICK).partial()).isTrue();
        assertThat(inspect.key("nobody's", Depth.WHOLE).partial()).isFalse();
    }

    @Test
    void aKeyThatRedisAloneHasIsFoundByItsScopeOrByReadingAll() {
        RecordId id = key(1);
        assertThat(new PostgresRecords(database.jdbi()).delete(id)).isTrue();

        assertThat(inspect.key(id.key(), QUICK).records()).isEmpty();
        assertThat(inspect.key(id.key(), Depth.WHOLE).records()).hasSize(1);
        assertThat(inspect.record(id).records()).hasSize(1);
        assertThat(inspect.inStore(redis, id.key(), 10, QUICK).whole()).isFalse();
    }

    @Test
    void aScopeThatPostgresDoesNotKnowIsNotSaidToBeMissing() {
        String key = key(3).key();
        Scope elsewhere = new Scope("user:elsewhere");
        PostgresRecords postgres = new PostgresRecords(database.jdbi());
        assertThat(postgres.delete(key(3))).isTrue();
        claim(PostgresStore.always(database.jdbi()), elsewhere, key);

        assertThat(inspect.inStore(redis, key, 1, QUICK).whole()).isFalse();
        assertThat(inspect.inStore(redis, key, 1, Depth.WHOLE).heads())
                .extracting(RecordHead::id)
                .containsExactly(key(3));
        assertThat(inspect.inStore(redis, key, 1, Depth.WHOLE).whole()).isTrue();
        assertThat(inspect.key(key, QUICK).records()).hasSize(1);
        assertThat(inspect.key(key, Depth.WHOLE).records()).hasSize(2);
    }

    @Test
    void moreRecordsThanTheLimitAreNotSaidToBeAll() {
        PostgresStore store = PostgresStore.always(database.jdbi());
        PostgresRecords postgres = new PostgresRecords(database.jdbi());
        claim(store, new Scope("user:one"), "in-two-scopes");
        claim(store, new Scope("user:two"), "in-two-scopes");

        assertThat(inspect.inStore(postgres, "in-two-scopes", 1, QUICK).heads()).hasSize(1);
        assertThat(inspect.inStore(postgres, "in-two-scopes", 1, QUICK).whole()).isFalse();
        assertThat(inspect.inStore(postgres, "in-two-scopes", 2, QUICK).whole()).isTrue();
    }

    @Test
    void whilePostgresIsUnavailableTheAnswerIsPartialToo() {
        InspectRecords alone = inspect(Jdbi.create("jdbc:postgresql://127.0.0.1:1/idem"));

        Inspection quick = alone.key(key(2).key(), QUICK);

        assertThat(quick.partial()).isTrue();
        assertThat(quick.unavailable()).extracting(UnavailableStore::store).containsExactly("postgresql");
        assertThat(alone.key(key(2).key(), Depth.WHOLE).records()).hasSize(1);
    }

    @Test
    void ofALargeScopeTheSameRecordsAreTheNewest() {
        Inspection quick = caller(Optional.of("/orders/1"), QUICK);
        Inspection whole = caller(Optional.of("/orders/1"), Depth.WHOLE);

        assertThat(quick.partial()).isTrue();
        assertThat(whole.partial()).isFalse();
        assertThat(quick.verdicts()).hasSize(20);
        assertThat(keys(quick)).isEqualTo(keys(whole)).isEqualTo(keys(caller(Optional.empty(), QUICK)));
    }

    @Test
    void aSearchThatExaminesAllRecordsIsWhole() {
        Inspection found = caller(Optional.empty(), new Depth(2 * RECORDS));

        assertThat(found.partial()).isFalse();
        assertThat(keys(found)).isEqualTo(keys(caller(Optional.empty(), Depth.WHOLE)));
    }

    @Test
    void aPathThatNobodyAskedForDoesNotReadTheWholeScope() {
        Inspection quick = caller(Optional.of("/nowhere"), QUICK);

        assertThat(quick.records()).isEmpty();
        assertThat(quick.partial()).isTrue();
        assertThat(caller(Optional.of("/nowhere"), Depth.WHOLE).partial()).isFalse();
    }

    private static Inspection caller(Optional<String> path, Depth depth) {
        return inspect.caller(RecordSeries.LARGE_SCOPE, path, 20, depth);
    }

    private static List<String> keys(Inspection found) {
        return found.verdicts().stream().map(RecordVerdict::key).toList();
    }

    private static void claim(PostgresStore store, Scope scope, String key) {
        Claim claim = store.claim(new ClaimRequest(
                new RecordId(scope, key),
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                Duration.ofHours(1),
                new ClaimOrigin("node-1", "POST /elsewhere")));
        assertThat(claim).isInstanceOf(Claim.Acquired.class);
    }

    /** One of the keys that are stored. */
    private static RecordId key(int which) {
        return IntStream.range(0, RECORDS)
                .mapToObj(number -> series.record(number).id())
                .filter(id -> !id.isWithoutKey())
                .skip(which)
                .findFirst()
                .orElseThrow();
    }
}
