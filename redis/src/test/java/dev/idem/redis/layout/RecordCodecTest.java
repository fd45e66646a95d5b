package dev.idem.redis.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.record.ClaimOrigin;
import dev.idem.core.record.Fingerprint;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.store.AnswerCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Builds the values as {@code record.lua} describes them. */
class RecordCodecTest {
    private static final RecordId ID = new RecordId(new Scope("user:1"), "k");
    private static final UUID OWNER = UUID.fromString("8e03978e-40d5-43dd-bc93-6894a57f9324");
    private static final Fingerprint FINGERPRINT = new Fingerprint(filled(32));
    private static final ClaimOrigin ORIGIN = new ClaimOrigin("node-é", "POST /shares");
    private static final RecordedResponse ANSWER = new RecordedResponse(201, List.of(), new byte[] {1, 2, 3});
    private static final long CLAIMED = 1_700_000_000_000_001L;
    private static final long HEARTBEAT = CLAIMED + 2_000_000;
    private static final long COMPLETED = CLAIMED + 3_000_000;
    private static final long NOW = CLAIMED + 5_000_000;

    @Test
    void aRecordInProcessingIsReadFieldByField() {
        StoredRecord record = RecordCodec.decode(ID, processing(), 60_000, NOW);

        assertThat(record.id()).isEqualTo(ID);
        assertThat(record.owner()).isEqualTo(OWNER);
        assertThat(record.fingerprint()).isEqualTo(FINGERPRINT);
        assertThat(record.fencing()).isEqualTo(77);
        assertThat(record.attempt()).isEqualTo(2);
        assertThat(record.origin()).isEqualTo(ORIGIN);
        assertThat(record.claimedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000, 1_000));
        assertThat(record.heartbeatAt()).isEqualTo(record.claimedAt().plusSeconds(2));
        assertThat(record.lockTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(record.window()).contains(Duration.ofMillis(100));
        assertThat(record.readAt()).isEqualTo(record.claimedAt().plusSeconds(5));
        assertThat(record.expiresAt()).isEqualTo(record.claimedAt().plusSeconds(65));
        assertThat(record.state()).isEqualTo(StoredRecord.State.PROCESSING);
        assertThat(record.completedAt()).isEmpty();
    }

    @Test
    void aCompletedRecordHasItsAnswerAndWhenItCame() {
        StoredRecord record = RecordCodec.decode(ID, completed(), 60_000, NOW);

        assertThat(record.state()).isEqualTo(StoredRecord.State.COMPLETED);
        assertThat(record.completedAt()).hasValue(record.claimedAt().plusSeconds(3));
        assertThat(record.answer()).hasValue(ANSWER);
    }

    @Test
    void theAnswerAloneIsFoundBehindAnOriginOfAnyLength() {
        Answer answer = RecordCodec.answer(completed());

        assertThat(answer).isEqualTo(ANSWER);
        assertThat(RecordCodec.completedAt(completed())).isEqualTo(RecordCodec.instant(COMPLETED));
    }

    @Test
    void aRecordCutShortAnywhereIsRefused() {
        byte[] whole = completed();

        assertThat(IntStream.range(0, whole.length)).allSatisfy(length -> assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.decode(ID, Arrays.copyOf(whole, length), 60_000, NOW))
                .withMessageContaining("cut short"));
    }

    @Test
    void anUnknownVersionIsRefused() {
        byte[] newer = processing();
        newer[0] = 2;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordCodec.decode(ID, newer, 60_000, NOW))
                .withMessage("a record of version 2 needs a newer release");
    }

    private static byte[] processing() {
        return value('P', 0, new byte[0]);
    }

    private static byte[] completed() {
        return value('C', COMPLETED, AnswerCodec.encode(ANSWER));
    }

    private static byte[] value(char state, long completedMicros, byte[] answer) {
        byte[] origin = RecordCodec.origin(ORIGIN);
        return ByteBuffer.allocate(104 + origin.length + answer.length)
                .put((byte) 1)
                .put((byte) state)
                .put(RecordCodec.owner(OWNER))
                .put(FINGERPRINT.bytes())
                .putLong(77)
                .putInt(2)
                .putLong(CLAIMED)
                .putLong(HEARTBEAT)
                .putLong(30_000)
                .putLong(completedMicros)
                .putLong(100)
                .putShort((short) origin.length)
                .put(origin)
                .put(answer)
                .array();
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 0xab);
        return bytes;
    }
}
