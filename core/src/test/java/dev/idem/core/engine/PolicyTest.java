package dev.idem.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.core.engine.strategy.OnStoreFailure;
import dev.idem.core.record.Consistency;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void aRouteThatSaysNothingHasTheDocumentedRules() {
        assertThat(Policy.DEFAULT)
                .isEqualTo(new Policy(
                        Duration.ofHours(24),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        OnStoreFailure.OPEN,
                        Consistency.FAST));
    }

    @Test
    void theBoundsThemselvesAreTaken() {
        assertThat(policy(SECOND, SECOND, Duration.ZERO).ttl()).isEqualTo(SECOND);
        assertThat(policy(Duration.ofDays(366), Duration.ofDays(1), Duration.ofMinutes(5))
                        .maxWait())
                .isEqualTo(Duration.ofMinutes(5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT0S", "PT-1S", "P367D"})
    void aTtlOutOfBoundsIsNamed(Duration ttl) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(ttl, SECOND, SECOND))
                .withMessage("policy.ttl must be from 1s to 366d, not " + ttl);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT24H0.001S"})
    void aLockTimeoutOutOfBoundsIsNamed(Duration lockTimeout) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(SECOND, lockTimeout, SECOND))
                .withMessage("policy.lockTimeout must be from 1s to 1d, not " + lockTimeout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT-0.001S", "PT5M0.001S"})
    void aWaitOutOfBoundsIsNamedAsInTheConfiguration(Duration wait) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy(SECOND, SECOND, wait))
                .withMessage("policy.wait must be from 0s to 5m, not " + wait);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1_000_001})
    void aBoundOutOfBoundsIsNamed(int bound) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Policy(SECOND, SECOND, SECOND, OnStoreFailure.OPEN, Consistency.FAST, bound))
                .withMessage("policy.maxInFlightPerScope must be from 1 to 1000000, or 0 for no bound, not " + bound);
    }

    @Test
    void aPolicyHasNoBoundUnlessItNamesOne() {
        assertThat(Policy.DEFAULT.maxInFlightPerScope()).isEqualTo(Policy.UNBOUNDED);
        Policy bounded = new Policy(SECOND, SECOND, SECOND, OnStoreFailure.OPEN, Consistency.FAST, 7);
        assertThat(bounded.unbounded()).isEqualTo(policy(SECOND, SECOND, SECOND));
    }

    private static Policy policy(Duration ttl, Duration lockTimeout, Duration maxWait) {
        return new Policy(ttl, lockTimeout, maxWait, OnStoreFailure.OPEN, Consistency.FAST);
    }
}
