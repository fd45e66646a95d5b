package dev.idem.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.idem.core.journal.entry.MonotonicInstant;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.Tombstone;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.authority.NotAuthoritativeException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RedisKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.UnifiedJedis;

/** A refill copies PostgreSQL's records, and removes nothing that a journal has not written yet. */
@ExtendWith(ServersExtension.class)
final class RedisCopyIT {
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");
    private static final UUID ONE = UUID.fromString("8e03978e-40d5-43dd-bc93-6894a57f9324");
    private static final UUID OTHER = UUID.fromString("1f3b0c52-7a5e-4a9c-8f5e-5f0b8a3f7f11");
    private static final Answer ANSWER = new RecordedResponse(201, List.of(), new byte[] {1});
    private static final Answer OTHERS_ANSWER = new RecordedResponse(201, List.of(), new byte[] {2});
    private static final Duration LIFE = Duration.ofMinutes(5);

    private final UnifiedJedis redis;
    private final Generation refill = Generation.next();
    private final RedisRecords records;
    private final RedisCopy copy;
    private final RedisAnswers answers;
    private final RedisDeletions deletions;
    private final RedisKeys keys;

    RedisCopyIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        new RedisMarkers(() -> redis, server.keyPrefix()).beginRefill(Generation.next(), refill);
        records = new RedisRecords(() -> redis, server.keyPrefix());
        copy = new RedisCopy(() -> redis, server.keyPrefix());
        answers = new RedisAnswers(() -> redis, server.keyPrefix());
        deletions = new RedisDeletions(() -> redis, server.keyPrefix());
        keys = new RedisKeys(server.keyPrefix());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void whatIsNotThereIsWritten() {
        tell(processing(ONE, 1));

        assertHolds(ONE, Optional.empty());
    }

    @Test
    void anAnswerTakesThePlaceOfItsClaim() {
        tell(processing(ONE, 1));
        tell(completed(ONE, 1, ANSWER));

        assertHolds(ONE, Optional.of(ANSWER));
    }

    @Test
    void aClaimDoesNotTakeThePlaceOfItsAnswer() {
        tell(completed(ONE, 1, ANSWER));
        tell(processing(ONE, 1));

        assertHolds(ONE, Optional.of(ANSWER));
    }

    @Test
    void aKeyThatWasFreedIsFree() {
        tell(completed(ONE, 1, ANSWER));
        tell(freed(ONE, 1));

        await().untilAsserted(() -> assertThat(records.find(ID)).isEmpty());
    }

    @Test
    void aLaterOwnerTakesThePlaceOfAnEarlierOne() {
        tell(completed(ONE, 1, ANSWER));
        tell(processing(OTHER, 2));

        assertHolds(OTHER, Optional.empty());
    }

    @Test
    void anEarlierOwnerDoesNotTakeThePlaceOfALaterOne() {
        tell(processing(OTHER, 2));
        tell(processing(ONE, 1));
        assertHolds(OTHER, Optional.empty());

        tell(freed(ONE, 1));
        assertHolds(OTHER, Optional.empty());

        tell(completed(OTHER, 2, OTHERS_ANSWER));
        tell(processing(ONE, 1));
        assertHolds(OTHER, Optional.of(OTHERS_ANSWER));
    }

    @Test
    void anAnswerStandsWhoeverHoldsTheKey() {
        tell(processing(OTHER, 2));
        tell(completed(ONE, 1, ANSWER));

        assertHolds(ONE, Optional.of(ANSWER));
    }

    @Test
    void anAnswerWithAWindowDoesNotTakeThePlaceOfTheNextOne() {
        tell(processing(OTHER, 2));
        tell(record(ONE, 1, Optional.of(Duration.ofMillis(100)), Optional.of(ANSWER), LIFE));

        assertHolds(OTHER, Optional.empty());
    }

    @Test
    void aDeletedAnswerIsNotWrittenAgainByARefillThatHasReadItBefore() {
        tell(completed(ONE, 1, ANSWER));
        assertThat(records.delete(ID)).isTrue();

        tell(completed(ONE, 1, ANSWER));
        assertThat(records.find(ID)).isEmpty();

        tell(completed(OTHER, 2, OTHERS_ANSWER));
        assertHolds(OTHER, Optional.of(OTHERS_ANSWER));
    }

    @Test
    void aDeletedAnswerIsNotCachedAgain() {
        tell(completed(ONE, 1, ANSWER));
        assertThat(records.delete(ID)).isTrue();

        answers.remember(completed(ONE, 1, ANSWER));
        assertThat(records.find(ID)).isEmpty();

        answers.remember(completed(OTHER, 2, OTHERS_ANSWER));
        assertHolds(OTHER, Optional.of(OTHERS_ANSWER));
    }

    @Test
    void aReleasedKeyIsNotHeldAgain() {
        StoredRecord held = completed(ONE, 1, AnswerNotStored.OUTCOME_UNKNOWN);
        tell(held);
        assertThat(records.release(held)).isTrue();
        assertThat(redis.pttl(keys.tombstoneOf(ID))).isGreaterThan(LIFE.toMillis());

        tell(held);

        assertThat(records.find(ID)).isEmpty();
    }

    @Test
    void ofAnOldFileTheDeletedAnswersAreRemovedAndAllOtherRecordsStay() {
        Tombstone ofOne = new Tombstone(ID, Set.of(ONE), ago(Duration.ofHours(1)), LIFE);
        tell(completed(OTHER, 2, OTHERS_ANSWER));
        assertThat(copy.bury(List.of(ofOne))).isZero();
        assertHolds(OTHER, Optional.of(OTHERS_ANSWER));

        tell(processing(ONE, 3));
        assertThat(copy.bury(List.of(ofOne))).isZero();
        assertHolds(ONE, Optional.empty());

        assertThat(records.delete(new Tombstone(ID, Set.of(), MonotonicInstant.now(), LIFE)))
                .isTrue();
        long before = deletions.count();
        tell(completed(OTHER, 4, ANSWER));
        assertThat(copy.bury(List.of(new Tombstone(ID, Set.of(OTHER), ago(Duration.ofHours(1)), LIFE))))
                .isEqualTo(1);
        assertThat(records.find(ID)).isEmpty();
        assertThat(deletions.count()).isGreaterThan(before);
    }

    @Test
    void anAnswerFromBeforeTheDeletionIsRemovedWhoeverGaveIt() {
        tell(answered(ONE, Duration.ofMinutes(1)));
        Tombstone later = new Tombstone(ID, Set.of(), ago(Duration.ofHours(1)), LIFE);
        assertThat(copy.bury(List.of(later))).isZero();
        assertHolds(ONE, Optional.of(ANSWER));

        assertThat(copy.bury(List.of(new Tombstone(ID, Set.of(), MonotonicInstant.now(), LIFE))))
                .isEqualTo(1);
        assertThat(records.find(ID)).isEmpty();
    }

    @Test
    void anAnswerThatWasGivenAfterTheTombstonesWereReadStays() {
        tell(answered(ONE, Duration.ofSeconds(30)));
        Tombstone read = new Tombstone(ID, Set.of(ONE), MonotonicInstant.now(), LIFE);
        assertThat(copy.bury(List.of(read))).isEqualTo(1);
        tell(completed(OTHER, 2, OTHERS_ANSWER));

        assertThat(copy.bury(List.of(read))).isZero();

        assertHolds(OTHER, Optional.of(OTHERS_ANSWER));
    }

    @Test
    void nothingIsBuriedForARefillAfterAnotherHasBegun() {
        tell(completed(ONE, 1, ANSWER));
        Tombstone stone = new Tombstone(ID, Set.of(ONE), MonotonicInstant.now(), LIFE);

        assertThatThrownBy(() -> copy.bury(List.of(stone), Generation.next()))
                .isInstanceOf(NotAuthoritativeException.class);
        assertHolds(ONE, Optional.of(ANSWER));

        assertThat(copy.bury(List.of(stone), refill)).isEqualTo(1);
    }

    @Test
    void aTombstoneThatIsBroughtAgainAndAgainKeepsAllItsOwners() {
        UUID first = UUID.randomUUID();
        copy.bury(List.of(new Tombstone(ID, Set.of(first), ago(Duration.ofHours(1)), LIFE)));
        for (int failback = 0; failback < 70; failback++) {
            copy.bury(List.of(new Tombstone(ID, Set.of(OTHER), ago(Duration.ofHours(1)), LIFE)));
        }

        tell(completed(first, 1, ANSWER));

        assertThat(records.find(ID)).isEmpty();
    }

    private static MonotonicInstant ago(Duration age) {
        return MonotonicInstant.now().plus(age.negated());
    }

    private void tell(StoredRecord record) {
        copy.put(List.of(record), refill);
    }

    private void assertHolds(UUID owner, Optional<Answer> answer) {
        StoredRecord held = records.find(ID).orElseThrow();
        assertThat(held.owner()).isEqualTo(owner);
        assertThat(held.answer()).isEqualTo(answer);
    }

    private static StoredRecord processing(UUID owner, long fencing) {
        return record(owner, fencing, Optional.empty(), Optional.empty(), LIFE);
    }

    private static StoredRecord completed(UUID owner, long fencing, Answer answer) {
        return record(owner, fencing, Optional.empty(), Optional.of(answer), LIFE);
    }

    private static StoredRecord freed(UUID owner, long fencing) {
        return record(owner, fencing, Optional.empty(), Optional.empty(), Duration.ZERO);
    }

    private static StoredRecord answered(UUID owner, Duration age) {
        return record(owner, 1, Optional.empty(), Optional.of(ANSWER), LIFE, age);
    }

    private static StoredRecord record(
            UUID owner, long fencing, Optional<Duration> window, Optional<Answer> answer, Duration life) {
        return record(owner, fencing, window, answer, life, Duration.ZERO);
    }

    private static StoredRecord record(
            UUID owner, long fencing, Optional<Duration> window, Optional<Answer> answer, Duration life, Duration age) {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        return new StoredRecord(
                ID,
                new Fingerprint(new byte[Fingerprint.LENGTH]),
                owner,
                fencing,
                1,
                new ClaimOrigin("node", "POST /orders"),
                now,
                now,
                Duration.ofSeconds(30),
                window,
                answer.map(unused -> now),
                now.plus(age).plus(life),
                answer,
                now.plus(age));
    }
}
