package dev.idem.core.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerCodecTest {
    private static final RecordedResponse CREATED = new RecordedResponse(
            201, List.of(new Header("Location", "/shares/1"), new Header("X-é", "ü")), "{\"id\":1}".getBytes(UTF_8));

    @ParameterizedTest
    @MethodSource("responses")
    void aResponseIsReadAsItWasWritten(RecordedResponse response) {
        assertThat(decode(AnswerCodec.encode(response))).isEqualTo(response);
    }

    static Stream<RecordedResponse> responses() {
        byte[] binary = new byte[70_000];
        new Random(1).nextBytes(binary);
        return Stream.of(
                CREATED,
                new RecordedResponse(204, List.of(), new byte[0]),
                new RecordedResponse(200, List.of(), binary),
                new RecordedResponse(200, List.of(), new byte[70_000]).compressed(),
                new RecordedResponse(599, List.of(new Header("X-Empty", "")), new byte[] {0}));
    }

    @Test
    void aRepeatedHeaderKeepsItsValuesAndTheirOrder() {
        RecordedResponse response = new RecordedResponse(
                200,
                List.of(new Header("Link", "</b>"), new Header("ETag", "\"1\""), new Header("Link", "</a>")),
                new byte[0]);

        assertThat(decode(AnswerCodec.encode(response))).isEqualTo(response);
    }

    @ParameterizedTest
    @EnumSource(AnswerNotStored.Reason.class)
    void theReasonWhyNothingIsStoredIsReadAsItWasWritten(AnswerNotStored.Reason reason) {
        assertThat(decode(AnswerCodec.encode(new AnswerNotStored(reason)))).isEqualTo(new AnswerNotStored(reason));
    }

    /** Bytes that an earlier release may have left in a store. */
    @Test
    void version1IsReadForEver() {
        byte[] written = HexFormat.of()
                .parseHex("01" + "52" + "00c9" + "0001" + "00000001" + "61" + "00000002" + "6263" + "00000003"
                        + "7b7d0a");

        assertThat(decode(written))
                .isEqualTo(new RecordedResponse(201, List.of(new Header("a", "bc")), "{}\n".getBytes(UTF_8)));
        assertThat(decode(new byte[] {1, 'N', 0})).isEqualTo(new AnswerNotStored(AnswerNotStored.Reason.TOO_LARGE));
        assertThat(decode(new byte[] {1, 'N', 1})).isEqualTo(new AnswerNotStored(AnswerNotStored.Reason.FAILED));
        assertThat(decode(new byte[] {1, 'N', 2})).isEqualTo(AnswerNotStored.OUTCOME_UNKNOWN);
    }

    @Test
    void anAnswerIsReadFromWhereTheBufferStands() {
        byte[] answer = AnswerCodec.encode(CREATED);
        ByteBuffer record = ByteBuffer.allocate(10 + answer.length).position(10);
        record.put(answer).position(10);

        assertThat(AnswerCodec.decode(record)).isEqualTo(CREATED);
    }

    @Test
    void aCompressedAnswerTakesLessRoomAndIsReadAsItWasGiven() {
        RecordedResponse large = new RecordedResponse(200, CREATED.headers(), new byte[10_000]);
        byte[] written = AnswerCodec.encode(large.compressed());

        assertThat(written).hasSizeLessThan(200);
        assertThat(decode(written)).isEqualTo(large);
    }

    /** Like a record that is copied from one store to the other. */
    @Test
    void aCompressedAnswerStaysCompressedWhenItIsReadAndWrittenAgain() {
        byte[] written =
                AnswerCodec.encode(new RecordedResponse(200, CREATED.headers(), new byte[10_000]).compressed());

        assertThat(AnswerCodec.encode(decode(written))).isEqualTo(written);
    }

    @Test
    void anAnswerCutShortAnywhereIsRefused() {
        assertThatNoBeginningIsRead(AnswerCodec.encode(CREATED));
        assertThatNoBeginningIsRead(
                AnswerCodec.encode(new RecordedResponse(200, List.of(), new byte[99]).compressed()));
    }

    private static void assertThatNoBeginningIsRead(byte[] whole) {
        assertThat(IntStream.range(0, whole.length)).allSatisfy(length -> assertThatIllegalArgumentException()
                .isThrownBy(() -> decode(Arrays.copyOf(whole, length)))
                .withMessageContaining("cut short"));
    }

    @ParameterizedTest
    @ValueSource(bytes = {0, 2, -1})
    void anUnknownVersionIsRefused(byte version) {
        byte[] answer = AnswerCodec.encode(CREATED);
        answer[0] = version;

        assertThatIllegalArgumentException()
                .isThrownBy(() -> decode(answer))
                .withMessage("an answer of version " + version + " needs a newer release");
    }

    @Test
    void anUnknownKindOfAnswerIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decode(new byte[] {1, 'X', 0}))
                .withMessageContaining("unknown kind");
    }

    @Test
    void anUnknownReasonIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> decode(new byte[] {1, 'N', 9}))
                .withMessageContaining("unknown reason");
    }

    @Test
    void aLengthBeyondTheEndTakesNoMemory() {
        byte[] answer = HexFormat.of().parseHex("01" + "52" + "00c8" + "0000" + "7fffffff");

        assertThatIllegalArgumentException().isThrownBy(() -> decode(answer)).withMessageContaining("cut short");
    }

    private static Answer decode(byte[] bytes) {
        return AnswerCodec.decode(ByteBuffer.wrap(bytes));
    }
}
