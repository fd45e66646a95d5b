package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.authority.Generation;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.postgres.PostgresRecords;
import dev.idem.postgres.PostgresStore;
import dev.idem.postgres.schema.Tables;
import dev.idem.redis.RedisMarkers;
import dev.idem.redis.RedisRecords;
import dev.idem.redis.RedisStore;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.UnifiedJedis;

/** An operator resolves a request with an unknown outcome, in each store. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OutcomeResolutionIT {
    private static final int MANY = 8;
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Answer ANSWER = new RecordedResponse(
            201,
            List.of(new RecordedResponse.Header("Location", "/orders/1")),
            "made".getBytes(StandardCharsets.UTF_8));

    private final UnifiedJedis client;
    private final Place redis;
    private final Place postgres;

    /** A store and its administration. */
    private record Place(IdempotencyStore store, RecordAdministration records) {
        @Override
        public String toString() {
            return store.name();
        }

        StoredRecord found(Lease lease) {
            return records.find(lease.id()).orElseThrow();
        }
    }

    OutcomeResolutionIT(TestRedis server, TestDatabase database) {
        client = RedisConnections.open(
                (RedisTarget.External) RedisTarget.parse(server.url(), null), Duration.ofSeconds(2));
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> client, server.keyPrefix());
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        redis = new Place(
                new RedisStore(() -> client, server.keyPrefix(), () -> Optional.of(generation)),
                new RedisRecords(() -> client, server.keyPrefix()));
        Jdbi jdbi = Jdbi.create(Tables.in(database));
        postgres = new Place(PostgresStore.always(jdbi), new PostgresRecords(jdbi));
    }

    List<Place> places() {
        return List.of(redis, postgres);
    }

    @AfterAll
    void close() {
        client.close();
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatItTurnedOutToBeIsWhatRepeatsGetUntilTheRecordsEnd(Place place) {
        Lease lease = unknown(place);
        StoredRecord before = place.found(lease);
        assertThat(before.outcomeUnknown()).isTrue();
        assertThat(repeat(place, lease)).isEqualTo(AnswerNotStored.OUTCOME_UNKNOWN);

        assertThat(place.records().resolve(before, ANSWER)).isTrue();

        StoredRecord after = place.found(lease);
        assertThat(after.outcomeUnknown()).isFalse();
        assertThat(after.expiresAt())
                .isBetween(
                        before.expiresAt().minusMillis(50), before.expiresAt().plusMillis(50));
        assertThat(after.completedAt()).isEqualTo(before.completedAt());
        assertThat(repeat(place, lease)).isEqualTo(ANSWER);
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatTookNoEffectIsExecutedByTheNextRepeat(Place place) {
        Lease lease = unknown(place);

        assertThat(place.records().release(place.found(lease))).isTrue();

        assertThat(place.store().claim(again(lease))).isInstanceOfSatisfying(Claim.Acquired.class, next -> assertThat(
                        next.lease().fencing())
                .isGreaterThan(lease.fencing()));
    }

    @ParameterizedTest
    @MethodSource("places")
    void ofManyWhoSayDifferentThingsAtOnceOneIsHeard(Place place) {
        Lease lease = unknown(place);
        StoredRecord seen = place.found(lease);

        long heard = IntStream.range(0, MANY)
                .parallel()
                .filter(i -> i % 2 == 0
                        ? place.records().resolve(seen, ANSWER)
                        : place.records().release(seen))
                .count();

        assertThat(heard).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("places")
    void anAnswerIsNeverResolvedAwayNorALeaseNorALaterRecord(Place place) {
        Lease answered = claim(place);
        place.store().complete(answered, ANSWER);
        assertThat(place.records().resolve(place.found(answered), AnswerNotStored.OUTCOME_UNKNOWN))
                .isFalse();
        assertThat(place.records().release(place.found(answered))).isFalse();

        Lease running = claim(place);
        assertThat(place.records().resolve(place.found(running), ANSWER)).isFalse();
        assertThat(place.records().release(place.found(running))).isFalse();

        Lease first = unknown(place);
        StoredRecord seen = place.found(first);
        place.records().release(seen);
        Lease next = ((Claim.Acquired) place.store().claim(again(first))).lease();
        place.store().complete(next, AnswerNotStored.OUTCOME_UNKNOWN);
        assertThat(place.records().release(seen)).isFalse();
        assertThat(place.records().resolve(seen, ANSWER)).isFalse();
        assertThat(place.found(next).outcomeUnknown()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("places")
    void aBodyThatEndsLikeTheSignOfAnUnknownOutcomeIsAnAnswerAllTheSame(Place place) {
        Lease lease = claim(place);
        place.store()
                .complete(
                        lease,
                        new RecordedResponse(200, List.of(), AnswerCodec.encode(AnswerNotStored.OUTCOME_UNKNOWN)));

        assertThat(place.records().release(place.found(lease))).isFalse();
        assertThat(place.records().find(lease.id())).isPresent();
    }

    private static Lease unknown(Place place) {
        Lease lease = claim(place);
        place.store().complete(lease, AnswerNotStored.OUTCOME_UNKNOWN);
        return lease;
    }

    private static Lease claim(Place place) {
        RecordId id = new RecordId(new Scope("user:1"), UUID.randomUUID().toString());
        return ((Claim.Acquired) place.store().claim(request(id))).lease();
    }

    private static ClaimRequest again(Lease lease) {
        return request(lease.id());
    }

    private static Answer repeat(Place place, Lease lease) {
        return ((Claim.Replay) place.store().claim(again(lease))).answer();
    }

    private static ClaimRequest request(RecordId id) {
        return new ClaimRequest(
                id,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                UUID.randomUUID(),
                Duration.ofSeconds(30),
                TTL,
                new ClaimOrigin("node", "POST /orders"));
    }
}
