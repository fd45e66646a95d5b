package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dropwizard.util.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShutdownConfigurationTest {
    @Test
    void theUsualDelayIsFiveSeconds() {
        assertThat(new ShutdownConfiguration(null).drain()).isEqualTo(java.time.Duration.ofSeconds(5));
        assertThat(new ShutdownConfiguration(Duration.seconds(0)).drain()).isZero();
    }

    @Test
    void aLongerDelayThanTenMinutesIsRefusedWithItsKey() {
        assertThat(new ShutdownConfiguration(Duration.minutes(10)).drain()).isEqualTo(java.time.Duration.ofMinutes(10));
        for (Duration longer : List.of(Duration.hours(1), Duration.seconds(601), Duration.milliseconds(600_001))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new ShutdownConfiguration(longer))
                    .withMessageContaining("shutdown.drainDelay (DRAIN_DELAY) must be 0s to 10m");
        }
    }
}
