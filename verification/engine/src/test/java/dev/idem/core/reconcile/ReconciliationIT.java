package dev.idem.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.journal.Sample;
import dev.idem.core.journal.entry.JournalEntry;
import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.StoredRecord.State;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.unreadable.UnreadableRecords;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.MigratedDatabase;
import dev.idem.postgres.PostgresDurableStore;
import dev.idem.postgres.PostgresJournalWriter;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.redis.RedisFastStore;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls prepare
class ReconciliationIT {
    private static final Answer ANSWER = Sample.answer(1, 100);
    private static final Answer OTHER_ANSWER = Sample.answer(2, 100);
    private static final Duration AT_ONCE = Duration.ofMillis(1);

    private UnifiedJedis client;
    private MigratedDatabase database;
    private RedisStore redis;
    private PostgresStore postgres;
    private RedisRecords redisRecords;
    private PostgresRecords postgresRecords;
    private PostgresJournalWriter journal;
    private Reconciliation reconciliation;
    private final List<Difference> told = new ArrayList<>();
    private final List<ScanPlace> places = new ArrayList<>();
    private long about;

    @BeforeEach
    void prepare(TestRedis place, TestDatabase server) {
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(place.url(), null), Duration.ofSeconds(2));
        database = new MigratedDatabase(server);
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, place.keyPrefix());
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        redis = new RedisStore(() -> client, place.keyPrefix(), () -> Optional.of(generation));
        postgres = PostgresStore.always(database.jdbi());
        redisRecords = new RedisRecords(() -> client, place.keyPrefix());
        postgresRecords = new PostgresRecords(database.jdbi());
        journal = new PostgresJournalWriter(database.jdbi());
        reconciliation = new Reconciliation(
                new RedisFastStore(() -> client, place.keyPrefix()),
                new PostgresDurableStore(database.jdbi()),
                AT_ONCE,
                new Pace(Long.MAX_VALUE));
        redisDecides(true);
    }

    @AfterEach
    void close() {
        client.close();
        database.close();
    }

    @Test
    void storesThatAgreeAreLeftAlone() {
        Lease lease = claimed("k");
        journal.merge(List.of(JournalEntry.claimed(lease)));

        assertThat(repair()).isEqualTo(new ReconcileSummary(2, Map.of(), Map.of(), 0, UnreadableRecords.Summary.NONE));
    }

    @Test
    void lookingChangesNothing() {
        completed("k", ANSWER);

        ReconcileSummary summary = reconciliation.compare(ScanPlace.BEGIN, listener());

        assertThat(summary.found()).containsExactly(Map.entry(Difference.MISSING_IN_POSTGRESQL, 1L));
        assertThat(summary.left()).isEqualTo(1);
        assertThat(told).containsExactly(Difference.MISSING_IN_POSTGRESQL);
        assertThat(inPostgres("k")).isEmpty();
    }

    @Test
    void anAnswerOfRedisIsBroughtToPostgres() {
        completed("k", ANSWER);

        assertThat(repair().left()).isZero();
        assertThat(inPostgres("k").orElseThrow().answer()).contains(ANSWER);
    }

    @Test
    void anAnswerOfPostgresIsBroughtToRedis() {
        Sample sample = sample("k");
        journal.merge(List.of(JournalEntry.completed(sample.lease(), ANSWER)));

        assertThat(repair().repaired()).containsExactly(Map.entry(Difference.MISSING_IN_REDIS, 1L));
        assertThat(inRedis("k").orElseThrow().answer()).contains(ANSWER);
        assertThat(redis.claim(sample.successor(2_000).request())).isInstanceOf(Claim.Replay.class);
    }

    @Test
    void aCompletionWinsOverAClaimInEitherStore() {
        Lease lateInPostgres = claimed("redis knows");
        journal.merge(List.of(JournalEntry.claimed(lateInPostgres)));
        redis.complete(lateInPostgres, ANSWER);
        Lease lateInRedis = claimed("postgres knows");
        journal.merge(List.of(JournalEntry.completed(lateInRedis, ANSWER)));

        assertThat(repair().repaired()).containsExactly(Map.entry(Difference.STATE, 2L));
        assertThat(inPostgres("redis knows").orElseThrow().answer()).contains(ANSWER);
        assertThat(inRedis("postgres knows").orElseThrow().answer()).contains(ANSWER);
    }

    @Test
    void aLeaseOfRedisIsToldToPostgresWhileRedisDecides() {
        Lease lease = claimed("k");

        assertThat(repair().left()).isZero();
        assertThat(inPostgres("k").orElseThrow().owner()).isEqualTo(lease.owner());
    }

    @Test
    void aLeaseOfRedisIsNotToldToPostgresWhilePostgresDecides() {
        claimed("k");
        redisDecides(false);

        assertThat(repair().left()).isEqualTo(1);
        assertThat(inPostgres("k")).isEmpty();
    }

    @Test
    void theHigherFencingNumberStandsInPostgres() {
        journal.merge(List.of(JournalEntry.claimed(sample("k").lease())));
        Lease later = claimed("k");

        assertThat(repair().repaired()).containsExactly(Map.entry(Difference.LEASE, 1L));
        assertThat(inPostgres("k").orElseThrow().owner()).isEqualTo(later.owner());
    }

    @Test
    void aLeaseThatPostgresAloneHoldsIsNoDifferenceAndStays() {
        assertThat(postgres.claim(sample("k").request())).isInstanceOf(Claim.Acquired.class);

        assertThat(repair().found()).isEmpty();
        assertThat(inPostgres("k").orElseThrow().state()).isEqualTo(State.PROCESSING);
        assertThat(inRedis("k")).isEmpty();
    }

    /** PostgreSQL replays it, and Redis has a copy at most. */
    @Test
    void anAnswerOfAStrictRouteIsNotMissingInRedis() {
        ClaimRequest fast = sample("k").request();
        ClaimRequest strict = new ClaimRequest(
                fast.id(),
                fast.fingerprint(),
                fast.owner(),
                fast.lockTimeout(),
                fast.ttl(),
                fast.origin(),
                Consistency.STRICT,
                fast.window());
        Claim.Acquired claim = (Claim.Acquired) postgres.claim(strict);
        assertThat(postgres.complete(claim.lease(), ANSWER)).isTrue();

        assertThat(repair().found()).isEmpty();

        assertThat(inRedis("k")).isEmpty();
    }

    @Test
    void ofTwoAnswersNeitherIsChangedAndTheDifferenceIsToldOnce() {
        Lease lease = completed("k", ANSWER);
        journal.merge(List.of(JournalEntry.completed(lease, OTHER_ANSWER)));

        assertThat(repair().found()).containsExactly(Map.entry(Difference.ANSWER, 1L));
        assertThat(told).hasSize(1);
        assertThat(inRedis("k").orElseThrow().answer()).contains(ANSWER);
        assertThat(inPostgres("k").orElseThrow().answer()).contains(OTHER_ANSWER);
    }

    @Test
    void anUnknownOutcomeGivesWayToTheAnswerThatTheOtherStoreKnows() {
        Lease lease = completed("k", AnswerNotStored.OUTCOME_UNKNOWN);
        journal.merge(List.of(JournalEntry.completed(lease, ANSWER)));

        assertThat(repair().left()).isZero();
        assertThat(inRedis("k").orElseThrow().answer()).contains(ANSWER);
    }

    @Test
    void aRunningWindowIsNotReplacedByTheAnswerOfTheLastOne() {
        Sample last = sample("k").within(Duration.ofMillis(1));
        journal.merge(List.of(JournalEntry.completed(last.lease(), ANSWER)));
        Claim next = redis.claim(sample("k").within(Duration.ofMillis(1)).request());

        assertThat(repair().left()).isZero();
        assertThat(inRedis("k").orElseThrow().owner())
                .isEqualTo(((Claim.Acquired) next).lease().owner());
        assertThat(inPostgres("k").orElseThrow().state()).isEqualTo(State.PROCESSING);
    }

    @Test
    void whatAnOperatorHasDeletedWhileRedisWasAwayIsNotBroughtBack() {
        Lease lease = completed("k", ANSWER);
        journal.merge(List.of(JournalEntry.completed(lease, ANSWER)));
        assertThat(postgresRecords.delete(lease.id())).isTrue();

        assertThat(repair().left()).isZero();

        assertThat(inPostgres("k")).isEmpty();
        assertThat(inRedis("k")).isEmpty();
    }

    @Test
    void thousandsAreWalkedThroughPageByPage() {
        for (int i = 0; i < 1_200; i++) {
            completed("k" + i, ANSWER);
        }

        assertThat(repair().repaired()).containsExactly(Map.entry(Difference.MISSING_IN_POSTGRESQL, 1_200L));
        assertThat(about).isBetween(1_200L, 1_300L);
        assertThat(reconciliation.compare(ScanPlace.BEGIN, listener()).found()).isEmpty();
    }

    @Test
    void aRunGoesOnWhereAnotherEnded() {
        for (int i = 0; i < 1_200; i++) {
            journal.merge(List.of(JournalEntry.completed(sample("k" + i).lease(), ANSWER)));
        }
        assertThat(repair().repaired()).containsExactly(Map.entry(Difference.MISSING_IN_REDIS, 1_200L));
        ReconcileSummary whole = reconciliation.compare(ScanPlace.BEGIN, listener());
        ScanPlace last = places.get(places.size() - 1);

        ReconcileSummary rest = reconciliation.compare(ScanPlace.parse(last.toString()), listener());

        assertThat(last.inDurable()).isTrue();
        assertThat(whole.compared()).isEqualTo(2_400);
        assertThat(rest.compared()).isEqualTo(200);
        assertThat(rest.left()).isZero();
    }

    private ReconcileSummary repair() {
        return reconciliation.repair(ScanPlace.BEGIN, listener());
    }

    private ReconcileListener listener() {
        return new ReconcileListener() {
            @Override
            public void begins(long records) {
                about = records;
            }

            @Override
            public void compared(long records) {
                assertThat(records).isPositive();
            }

            @Override
            public void reached(ScanPlace place) {
                places.add(place);
            }

            @Override
            public void found(RecordPair pair, Difference difference, boolean repaired) {
                told.add(difference);
            }
        };
    }

    private void redisDecides(boolean trusted) {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE idempotency_trust SET trusted = ?", trusted));
    }

    private static Sample sample(String key) {
        return Sample.of(new Scope("user:1"), key);
    }

    private Lease claimed(String key) {
        return ((Claim.Acquired) redis.claim(sample(key).request())).lease();
    }

    private Lease completed(String key, Answer answer) {
        Lease lease = claimed(key);
        assertThat(redis.complete(lease, answer)).isTrue();
        return lease;
    }

    private Optional<StoredRecord> inRedis(String key) {
        return redisRecords.find(sample(key).id());
    }

    private Optional<StoredRecord> inPostgres(String key) {
        return postgresRecords.find(sample(key).id());
    }
}
