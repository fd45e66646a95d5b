package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.fingerprint.FingerprintRules;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long MIB = 1 << 20;

    @Test
    void aRouteThatSaysNothingHasTheDocumentedRules() {
        assertThat(Policy.DEFAULT)
                .isEqualTo(new Policy(
                        Duration.ofHours(24),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        false,
                        KeyFormat.UUID,
                        Optional.of(Duration.ofMillis(100)),
                        FingerprintRules.USUAL,
                        OnStoreFailure.OPEN,
                        false,
                        MIB,
                        MIB,
                        Consistency.FAST));
    }

    @Test
    void theBoundsThemselvesAreTaken() {
        assertThat(policy(SECOND, SECOND, Duration.ZERO, 0, 0).ttl()).isEqualTo(SECOND);
        assertThat(policy(Duration.ofDays(366), Duration.ofDays(1), Duration.ofMinutes(5), 64 * MIB, 64 * MIB)
                        .maxStoredBody())
                .isEqualTo(64 * MIB);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "P367D"})
    void aTtlOutOfBoundsIsNamed(Duration ttl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(ttl, SECOND, SECOND, 0, 0))
                .withMessage("policy.ttl must be from 1s to 366d, not " + ttl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT24H0.001S"})
    void aLockTimeoutOutOfBoundsIsNamed(Duration lockTimeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(SECOND, lockTimeout, SECOND, 0, 0))
                .withMessage("policy.lockTimeout must be from 1s to 1d, not " + lockTimeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT5M0.001S"})
    void aWaitOutOfBoundsIsNamedAsInTheConfiguration(Duration wait) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(SECOND, SECOND, wait, 0, 0))
                .withMessage("policy.wait must be from 0s to 5m, not " + wait);
    }

    @ParameterizedTest
    @CsvSource({
        "-1, 0, maxStoredBody",
        "67108865, 0, maxStoredBody",
        "0, -1, maxRequestBody",
        "0, 67108865, maxRequestBody"
    })
    void aSizeOutOfBoundsIsNamed(long maxStoredBody, long maxRequestBody, String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(SECOND, SECOND, SECOND, maxStoredBody, maxRequestBody))
                .withMessageStartingWith("policy." + name + " must be from 0 to 64MiB, not ");
    }

    private static Policy policy(
            Duration ttl, Duration lockTimeout, Duration maxWait, long maxStoredBody, long maxRequestBody) {
        return new Policy(
                ttl,
                lockTimeout,
                maxWait,
                false,
                KeyFormat.UUID,
                Optional.of(Duration.ofMillis(100)),
                FingerprintRules.USUAL,
                OnStoreFailure.OPEN,
                false,
                maxStoredBody,
                maxRequestBody,
                Consistency.FAST);
    }
}
