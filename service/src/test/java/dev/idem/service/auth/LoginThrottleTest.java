package dev.idem.service.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoginThrottleTest {
    private Instant now = Instant.EPOCH;
    private final LoginThrottle throttle = new LoginThrottle(() -> now);

    @Test
    void theEleventhFailureWaitsUntilTheFirstIsAMinuteOld() {
        fail(1);
        pass(Duration.ofSeconds(40));
        fail(9);

        assertThat(throttle.refusal("ann", "address")).contains(Duration.ofSeconds(20));
        pass(Duration.ofSeconds(20));
        assertThat(throttle.refusal("ann", "address")).isEmpty();
    }

    @Test
    void noMinuteHasMoreThanTenFailures() {
        fail(1);
        pass(Duration.ofSeconds(59));
        fail(9);
        pass(Duration.ofSeconds(1));
        fail(1);

        assertThat(throttle.refusal("ann", "address")).contains(Duration.ofSeconds(59));
    }

    @Test
    void anAccountIsOneHoweverItIsWritten() {
        for (int i = 0; i < 10; i++) {
            throttle.failed("Ann@example.com", "address-" + i);
        }

        assertThat(throttle.refusal(" ann@EXAMPLE.com", "another address")).isPresent();
        assertThat(throttle.refusal("bob@example.com", "another address")).isEmpty();
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            throttle.failed("ann", "address");
        }
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }
}
