package dev.idem.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.idem.core.record.Claim;
import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.ClaimRequest;
import dev.idem.core.record.Consistency;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.Lease;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.Window;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.core.store.authority.Generation;
import dev.idem.core.store.unreadable.UnreadableRecordException;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.redis.connect.RedisConnections;
import dev.idem.redis.connect.RedisTarget;
import dev.idem.redis.layout.RecordCodec;
import dev.idem.redis.layout.RedisKeys;
import dev.idem.verification.support.Golden;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/** Every release can continue with the records of an earlier one, and does not damage those of a later one. */
@ExtendWith(ServersExtension.class)
class RecordLayoutIT {
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");
    private static final UUID OWNER = UUID.fromString("8e03978e-40d5-43dd-bc93-6894a57f9324");
    private static final Fingerprint FINGERPRINT = fingerprint();
    private static final ClaimOrigin ORIGIN = new ClaimOrigin("node-é", "POST /shares");
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration TTL = Duration.ofMinutes(5);
    private static final Instant CLAIMED_AT = Instant.parse("2023-11-14T22:13:20.000001Z");
    private static final Answer ANSWER =
            new RecordedResponse(201, List.of(new Header("Location", "/shares/1")), "{\"id\":1}\n".getBytes(UTF_8));

    private final UnifiedJedis redis;
    private final byte[] name;
    private final RedisStore store;
    private final RedisRecords records;
    private final RedisAnswers answers;
    private final RedisCopy copy;

    RecordLayoutIT(TestRedis server) {
        redis = new RedisConnections(Duration.ofSeconds(5), 8)
                .open((RedisTarget.External) RedisTarget.parse(server.url(), null));
        name = new RedisKeys(server.keyPrefix()).nameOf(ID);
        Generation generation = Generation.next();
        RedisMarkers trust = new RedisMarkers(() -> redis, server.keyPrefix());
        trust.beginRefill(Generation.next(), generation);
        trust.trust(generation);
        store = new RedisStore(() -> redis, server.keyPrefix(), () -> Optional.of(generation));
        records = new RedisRecords(() -> redis, server.keyPrefix());
        answers = new RedisAnswers(() -> redis, server.keyPrefix());
        copy = new RedisCopy(() -> redis, server.keyPrefix());
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Test
    void aCompletedRecordIsReplayed() {
        leave(golden("record-1-completed.hex"));

        assertThat(replay(store.claim(request(UUID.randomUUID()))).remaining().orElseThrow())
                .isBetween(TTL.minusMinutes(1), TTL);
        assertThat(replay(store.claim(request(UUID.randomUUID()))))
                .usingRecursiveComparison()
                .ignoringFields("remaining")
                .isEqualTo(replayed(ANSWER));
        assertThat(answers.find(request(UUID.randomUUID()))).contains(replayed(ANSWER));
    }

    @Test
    void aCompletedRecordIsShownFieldByField() {
        leave(golden("record-1-completed.hex"));

        StoredRecord record = records.find(ID).orElseThrow();

        assertThat(record)
                .isEqualTo(new StoredRecord(
                        ID,
                        FINGERPRINT,
                        OWNER,
                        77,
                        2,
                        ORIGIN,
                        CLAIMED_AT,
                        CLAIMED_AT.plusSeconds(2),
                        LOCK_TIMEOUT,
                        Optional.empty(),
                        Optional.of(CLAIMED_AT.plusSeconds(3)),
                        record.expiresAt(),
                        Optional.of(ANSWER),
                        record.readAt()));
    }

    @Test
    void anAnswerThatHasAWindowIsReplayedToOneThatHasWaitedAndGivesWayToOthers() {
        leave(golden("record-1-window.hex"));

        assertThat(replay(store.claim(withWindow().waiting())))
                .usingRecursiveComparison()
                .ignoringFields("remaining")
                .isEqualTo(replayed(new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE)));
        assertThat(records.find(ID).orElseThrow().window()).contains(Duration.ofMillis(100));
        assertThat(store.claim(withWindow())).isInstanceOfSatisfying(Claim.Acquired.class, acquired -> assertThat(
                        acquired.lease().fencing())
                .isGreaterThan(77));
    }

    @Test
    void anOwnerGoesOnWithItsRecord() {
        leave(golden("record-1-processing.hex"));
        Lease lease = new Lease(request(OWNER), RedisStore.NAME, 77, 2);

        assertThat(store.claim(request(OWNER))).isEqualTo(new Claim.Acquired(lease));
        assertThat(store.renew(lease)).isTrue();
        assertThat(store.claim(request(UUID.randomUUID()))).isEqualTo(new Claim.InFlight(CLAIMED_AT, RedisStore.NAME));
        assertThat(store.complete(lease, ANSWER)).isTrue();
        assertThat(store.claim(request(UUID.randomUUID())))
                .isInstanceOfSatisfying(Claim.Replay.class, replay -> assertThat(replay.answer())
                        .isEqualTo(ANSWER));
    }

    @Test
    void anOwnerThatDiedIsReplaced() {
        leave(golden("record-1-processing.hex"));

        assertThat(store.claim(request(UUID.randomUUID()))).isInstanceOfSatisfying(Claim.Acquired.class, acquired -> {
            assertThat(acquired.lease().attempt()).isEqualTo(3);
            assertThat(acquired.lease().fencing()).isGreaterThan(77);
        });
    }

    @Test
    void theScriptsWriteWhatIsFrozen() {
        Lease lease = ((Claim.Acquired) store.claim(request(OWNER))).lease();
        assertThat(withoutTimes(redis.get(name))).isEqualTo(withoutTimes(golden("record-1-processing.hex")));

        store.complete(lease, ANSWER);
        assertThat(withoutTimes(redis.get(name))).isEqualTo(withoutTimes(golden("record-1-completed.hex")));
    }

    @Test
    void theCodecWritesWhatIsFrozen() {
        byte[] completed = golden("record-1-completed.hex");

        StoredRecord record = RecordCodec.decode(ID, completed, 60_000, 1_700_000_005_000_000L);

        assertThat(withoutTimes(RecordCodec.encode(record))).isEqualTo(withoutTimes(completed));
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 2, 127, -1})
    void aRecordOfAnUnknownVersionIsRefusedByNameAndStaysAsItIs(byte version) {
        byte[] newer = golden("record-1-processing.hex");
        newer[0] = version;
        leave(newer);

        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> store.claim(request(UUID.randomUUID())))
                .withMessageContaining("a record of version " + Byte.toUnsignedInt(version) + " needs a newer release");
        assertThatExceptionOfType(UnreadableRecordException.class).isThrownBy(() -> store.claim(request(OWNER)));
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> records.find(ID))
                .withMessageContaining("needs a newer release");
        assertThat(redis.get(name)).isEqualTo(newer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"record-1-processing.hex", "record-1-completed.hex"})
    void noStepChangesARecordOfAnUnknownVersion(String layout) {
        byte[] newer = golden(layout);
        newer[0] = 2;
        StoredRecord asSeen = RecordCodec.decode(ID, golden(layout), 60_000, 1_700_000_005_000_000L);
        Lease lease = new Lease(request(OWNER), RedisStore.NAME, 77, 2);
        leave(newer);
        long life = redis.pttl(name);

        assertThat(store.renew(lease)).isFalse();
        assertThat(store.complete(lease, ANSWER)).isFalse();
        assertThat(store.abandon(lease)).isFalse();
        assertThat(records.clearIfStale(asSeen, Duration.ZERO)).isFalse();
        assertThat(records.resolve(asSeen, ANSWER)).isFalse();
        assertThat(records.release(asSeen)).isFalse();
        assertThat(answers.find(request(OWNER))).isEmpty();
        answers.remember(lease, ANSWER);
        copy.forget(List.of(asSeen));

        assertThat(redis.get(name)).isEqualTo(newer);
        assertThat(redis.pttl(name)).isPositive().isLessThanOrEqualTo(life);
    }

    private byte[] golden(String file) {
        return Golden.bytes(RecordLayoutIT.class, file);
    }

    private void leave(byte[] value) {
        redis.set(name, value, SetParams.setParams().px(TTL.toMillis()));
    }

    /** Redis sets the fencing number, the attempt and the instants. */
    private static byte[] withoutTimes(byte[] value) {
        byte[] rest = value.clone();
        Arrays.fill(rest, 50, 78, (byte) 0);
        Arrays.fill(rest, 86, 94, (byte) 0);
        return rest;
    }

    private static Claim.Replay replay(Claim claim) {
        return (Claim.Replay) claim;
    }

    private static Claim.Replay replayed(Answer answer) {
        return new Claim.Replay(answer, CLAIMED_AT.plusSeconds(3), RedisStore.NAME, Optional.empty());
    }

    private static ClaimRequest request(UUID owner) {
        return new ClaimRequest(ID, FINGERPRINT, owner, LOCK_TIMEOUT, TTL, ORIGIN);
    }

    private static ClaimRequest withWindow() {
        return new ClaimRequest(
                ID,
                FINGERPRINT,
                UUID.randomUUID(),
                LOCK_TIMEOUT,
                TTL,
                ORIGIN,
                Consistency.FAST,
                Optional.of(new Window(Duration.ofMillis(100), false)));
    }

    private static Fingerprint fingerprint() {
        byte[] digest = new byte[Fingerprint.LENGTH];
        Arrays.fill(digest, (byte) 0xab);
        return new Fingerprint(digest);
    }
}
