package dev.idem.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.core.record.answer.Answer;
import dev.idem.core.record.answer.AnswerNotStored;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import dev.idem.verification.support.Allocation;
import dev.idem.verification.support.FormOfProperties;
import dev.idem.verification.support.Mutation;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** Any bytes in place of an answer are decoded or refused with the documented exception. */
@AddLifecycleHook(FormOfProperties.class)
class AnswerCodecFuzzTest {
    /** The memory for an exception and its stack trace, and for classes on first use. */
    private static final long BASE_BYTES = 256 << 10;

    private static final long TIMES_ITS_LENGTH = 64;

    @Property(tries = 15_000, edgeCases = EdgeCasesMode.NONE)
    void bytesAreAnAnswerOrRefused(@ForAll("bytes") byte[] bytes) {
        assertThat(Allocation.during(() -> read(bytes))).isLessThan(BASE_BYTES + TIMES_ITS_LENGTH * bytes.length);
    }

    @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
    void whatIsReadIsWrittenAndReadAgain(@ForAll("bytes") byte[] bytes) {
        read(bytes).ifPresent(answer -> assertThat(read(AnswerCodec.encode(answer)))
                .contains(answer));
    }

    @Provide
    Arbitrary<byte[]> bytes() {
        return Arbitraries.randomValue(AnswerCodecFuzzTest::bytes);
    }

    private static byte[] bytes(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Mutation.noise(64, random);
            case 1 -> beginning(Mutation.noise(64, random), random);
            default -> Mutation.of(AnswerCodec.encode(answer(random)), random);
        };
    }

    private static byte[] beginning(byte[] bytes, Random random) {
        return ByteBuffer.allocate(2 + bytes.length)
                .put((byte) 1)
                .put((byte) "NRRZ".charAt(random.nextInt(4)))
                .put(bytes)
                .array();
    }

    private static Answer answer(Random random) {
        if (random.nextInt(8) == 0) {
            return new AnswerNotStored(
                    random.nextBoolean() ? AnswerNotStored.Reason.TOO_LARGE : AnswerNotStored.Reason.FAILED);
        }
        List<Header> headers = Stream.generate(
                        () -> new Header("X-" + random.nextInt(9), "v".repeat(random.nextInt(9))))
                .limit(random.nextInt(4))
                .toList();
        int status = 100 + random.nextInt(500);
        return random.nextInt(4) == 0
                ? new RecordedResponse(status, headers, new byte[32 + random.nextInt(200)]).compressed()
                : new RecordedResponse(status, headers, Mutation.noise(32, random));
    }

    /** @return empty if the bytes were refused as documented; anything else is rethrown */
    private static Optional<Answer> read(byte[] bytes) {
        try {
            return Optional.of(AnswerCodec.decode(ByteBuffer.wrap(bytes)));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s).*(answer|status).*");
            return Optional.empty();
        }
    }
}
