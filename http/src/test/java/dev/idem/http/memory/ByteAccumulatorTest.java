package dev.idem.http.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteAccumulatorTest {
    private final List<Long> asked = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 511, 512, 513, 8191, 8192, 8193, 65_536, 65_537, 1 << 20, (1 << 20) + 1})
    void whatIsAddedIsThere(int size) throws IOException {
        byte[] bytes = random(size);
        for (long expected : new long[] {-1, size, size + 1, size / 2}) {
            ByteAccumulator added = new ByteAccumulator(asked::add, expected);
            for (int at = 0; at < size; at += 1_000) {
                added.add(ByteBuffer.wrap(bytes, at, Math.min(1_000, size - at)));
            }
            ByteAccumulator read = new ByteAccumulator(asked::add, expected);
            InputStream in = new ByteArrayInputStream(bytes);
            while (read.addFrom(in)) {
                assertThat(read.size()).isPositive();
            }

            assertThat(added.size()).isEqualTo(size);
            assertThat(added.toByteArray()).isEqualTo(bytes);
            assertThat(added.toByteArray()).isEqualTo(bytes);
            assertThat(read.toByteArray()).isEqualTo(bytes);
            ByteArrayOutputStream written = new ByteArrayOutputStream();
            read.writeTo(written);
            assertThat(written.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void noMoreIsTakenThanTwiceWhatHasCome() {
        ByteAccumulator pieces = new ByteAccumulator(asked::add, 1 << 20);
        byte[] piece = random(700);
        for (int i = 1; i <= 500; i++) {
            pieces.add(piece, 0, piece.length);
            assertThat(asked.get(asked.size() - 1)).isBetween((long) pieces.size(), 2L * pieces.size() + 512);
        }
    }

    @Test
    void aShortBodyThatSaysHowLongItIsTakesNoMore() throws IOException {
        ByteAccumulator pieces = new ByteAccumulator(asked::add, 200);
        pieces.add(random(200), 0, 200);

        assertThat(pieces.addFrom(new ByteArrayInputStream(new byte[0]))).isFalse();
        assertThat(asked).containsExactly(200L);
    }

    @Test
    void whatFindsNoRoomIsKeptAndSaid() {
        ByteAccumulator pieces = new ByteAccumulator(bytes -> bytes <= 512, -1);
        byte[] bytes = random(600);
        pieces.add(bytes, 0, 512);
        assertThat(pieces.isRefused()).isFalse();

        pieces.add(bytes, 512, 88);

        assertThat(pieces.isRefused()).isTrue();
        assertThat(pieces.toByteArray()).isEqualTo(bytes);
    }

    @Test
    void whatIsClearedIsGone() {
        ByteAccumulator pieces = new ByteAccumulator();
        pieces.add(random(2_000), 0, 2_000);

        pieces.clear();

        assertThat(pieces.size()).isZero();
        assertThat(pieces.toByteArray()).isEmpty();
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
