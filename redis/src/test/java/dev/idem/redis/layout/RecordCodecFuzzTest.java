package dev.idem.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.verification.support.Allocation;
import dev.idem.verification.support.FormOfProperties;
import dev.idem.verification.support.Mutation;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any value in Redis in place of a record is either read as a record or refused with its name. */
@AddLifecycleHook(FormOfProperties.class)
class RecordCodecFuzzTest {
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");

    /** Enough for an exception with its stack trace and, the first time, for classes. */
    private static final long BASE_BYTES = 256 << 10;

    private static final long TIMES_ITS_LENGTH = 64;

    @Property(tries = 15_000, edgeCases = EdgeCasesMode.NONE)
    void aValueIsARecordOrRefused(@ForAll("values") byte[] value) {
        assertThat(Allocation.during(() -> read(value))).isLessThan(BASE_BYTES + TIMES_ITS_LENGTH * value.length);
    }

    /** As a replay of PostgreSQL's answer from Redis is read. */
    @Property(tries = 10_000, edgeCases = EdgeCasesMode.NONE)
    void aValueThatLooksCompletedIsReplayedOrRefused(@ForAll("values") byte[] value) {
        if (RecordCodec.isCompleted(value)) {
            Fingerprint fingerprint = RecordCodec.fingerprint(value);
            Optional<Answer> answer = replayed(value);
            read(value).ifPresent(record -> {
                assertThat(record.fingerprint()).isEqualTo(fingerprint);
                assertThat(record.answer()).isEqualTo(answer);
            });
        }
    }

    /** As a script's reply is read. */
    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void anyValueIsReplayedOrRefused(@ForAll("values") byte[] value) {
        assertThat(Allocation.during(() -> replayed(value))).isLessThan(BASE_BYTES + TIMES_ITS_LENGTH * value.length);
    }

    @Provide
    Arbitrary<byte[]> values() {
        return Arbitraries.randomValue(RecordCodecFuzzTest::value);
    }

    private static byte[] value(Random random) {
        return switch (random.nextInt(5)) {
            case 0 -> Mutation.noise(160, random);
            case 1 -> completed(Mutation.noise(160, random));
            default -> Mutation.of(RecordCodec.encode(record(random)), random);
        };
    }

    private static byte[] completed(byte[] rest) {
        return ByteBuffer.allocate(2 + rest.length)
                .put((byte) 1)
                .put((byte) 'C')
                .put(rest)
                .array();
    }

    private static StoredRecord record(Random random) {
        byte[] digest = new byte[Fingerprint.LENGTH];
        random.nextBytes(digest);
        Instant now = Instant.ofEpochSecond(1_700_000_000);
        Answer answer = new RecordedResponse(
                200 + random.nextInt(300), List.of(new Header("a", "b")), Mutation.noise(32, random));
        boolean completed = random.nextInt(4) != 0;
        return new StoredRecord(
                ID,
                new Fingerprint(digest),
                new UUID(random.nextLong(), random.nextLong()),
                random.nextLong(),
                random.nextInt(),
                new ClaimOrigin("n".repeat(random.nextInt(20)), "r".repeat(random.nextInt(20))),
                now,
                now,
                Duration.ofSeconds(30),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMillis(100)),
                completed ? Optional.of(now) : Optional.empty(),
                now,
                completed ? Optional.of(answer) : Optional.empty(),
                now);
    }

    /** @return empty if the value was refused as documented; anything else is thrown on */
    private static Optional<StoredRecord> read(byte[] value) {
        try {
            return Optional.of(RecordCodec.decode(ID, value, 60_000, 1_700_000_000_000_000L));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).message().isNotBlank();
            return Optional.empty();
        }
    }

    /** @return empty if the value was refused as documented; anything else is thrown on */
    private static Optional<Answer> replayed(byte[] value) {
        try {
            return Optional.of(RecordCodec.replay(value, Optional.empty()).answer());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
