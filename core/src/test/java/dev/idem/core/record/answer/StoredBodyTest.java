package dev.idem.core.record.answer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StoredBodyTest {
    private static final byte[] BODY =
            "{\"item\":\"book\",\"count\":1}".repeat(40).getBytes(UTF_8);

    @Test
    void aBodyIsReadAsItWasHoweverItIsKept() {
        assertThat(StoredBody.of(BODY).bytes()).isEqualTo(BODY);
        assertThat(StoredBody.compressed(BODY).bytes()).isEqualTo(BODY);
    }

    @Test
    void whatRepeatsItselfIsKeptInFewerBytes() {
        StoredBody compressed = StoredBody.compressed(BODY);

        assertThat(compressed.isCompressed()).isTrue();
        assertThat(compressed.kept()).hasSizeLessThan(BODY.length / 10);
        assertThat(compressed.length()).isEqualTo(BODY.length);
    }

    @Test
    void whatWouldBecomeLongerIsKeptAsItIs() {
        byte[] noise = new byte[2_000];
        new Random(1).nextBytes(noise);

        assertThat(StoredBody.compressed(noise).kept()).isSameAs(noise);
        assertThat(StoredBody.compressed(new byte[0]).isCompressed()).isFalse();
    }

    @Test
    void bodiesAreEqualHoweverTheyAreKept() {
        StoredBody compressed = StoredBody.compressed(BODY);

        assertThat(compressed).isEqualTo(StoredBody.of(BODY)).hasSameHashCodeAs(StoredBody.of(BODY));
        assertThat(compressed).isNotEqualTo(StoredBody.of(new byte[BODY.length]));
    }

    @Test
    void whatWasKeptCompressedIsReadAgain() {
        byte[] kept = StoredBody.compressed(BODY).kept();

        assertThat(StoredBody.ofCompressed(kept, BODY.length)).isEqualTo(StoredBody.of(BODY));
    }

    @Test
    void whatIsDamagedIsRefused() {
        byte[] kept = StoredBody.compressed(BODY).kept();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredBody.ofCompressed(Arrays.copyOf(kept, kept.length - 1), BODY.length))
                .withMessageContaining("stored answer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredBody.ofCompressed(new byte[0], 0))
                .withMessageContaining("stored answer");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredBody.ofCompressed(BODY, BODY.length))
                .withMessageContaining("stored answer");
    }

    @Test
    void anotherLengthThanThatOfTheBodyIsRefused() {
        byte[] kept = StoredBody.compressed(BODY).kept();

        for (int length : new int[] {-2, -1, 0, BODY.length - 1, BODY.length + 1, Integer.MAX_VALUE}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StoredBody.ofCompressed(kept, length))
                    .withMessageContaining("length");
        }
    }

    @Test
    void moreThanIsEverKeptIsRefusedBeforeMemoryIsTakenForIt() {
        int length = (64 << 20) + 1;
        byte[] kept = StoredBody.compressed(new byte[length]).kept();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> StoredBody.ofCompressed(kept, length))
                .withMessageContaining("length");
    }

    @Test
    void itsDescriptionHasNothingOfTheUsersData() {
        assertThat(StoredBody.of(BODY)).hasToString(BODY.length + " bytes");
        assertThat(StoredBody.compressed(BODY).toString()).doesNotContain("book");
    }
}
