package dev.idem.core.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordIdTest {
    private static final Scope ANN = new Scope("user:ann");
    private static final Fingerprint FINGERPRINT = new Fingerprint(new byte[Fingerprint.LENGTH]);

    @Test
    void theRecordOfARequestWithoutAKeyHasANameThatNoKeyCanBe() {
        RecordId without = RecordId.of(ANN, FINGERPRINT);

        assertThat(without.isWithoutKey()).isTrue();
        assertThat(without.key()).doesNotMatch("[ -~]{1,255}");
        assertThat(without).isEqualTo(new RecordId(ANN, without.key()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"k", " ", "fingerprint:", "tfingerprint:00", "\\tfingerprint:00", " fingerprint:00"})
    void everyPrintableKeyIsItsRecordsName(String key) {
        RecordId id = new RecordId(ANN, key);

        assertThat(id.key()).isEqualTo(key);
        assertThat(id.isWithoutKey()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\t", "a\tb", "\tk", "\tfingerprint:\t", "\t\tfingerprint:00", "\0", "\u007f", "ä"})
    void nothingElseIsAName(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RecordId(ANN, key));
    }

    @Test
    void aRequestWithAKeyCannotClaimTheRecordOfOneWithout() {
        RecordId without = RecordId.of(ANN, FINGERPRINT);

        assertThatIllegalArgumentException().isThrownBy(() -> request(without, Optional.empty()));
        assertThat(request(without, Optional.of(new Window(Duration.ofMillis(100), false)))
                        .id())
                .isEqualTo(without);
    }

    private static ClaimRequest request(RecordId id, Optional<Window> window) {
        Duration minute = Duration.ofMinutes(1);
        return new ClaimRequest(
                id,
                FINGERPRINT,
                UUID.randomUUID(),
                minute,
                minute,
                new ClaimOrigin("node", "POST /"),
                Consistency.FAST,
                window);
    }
}
