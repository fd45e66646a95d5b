package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dropwizard.util.Duration;
import org.junit.jupiter.api.Test;

final class ShutdownConfigurationTest {
    @Test
    void theUsualDelayIsFiveSeconds() {
        assertThat(new ShutdownConfiguration(null).drain()).isEqualTo(java.time.Duration.ofSeconds(5));
        assertThat(new ShutdownConfiguration(Duration.seconds(0)).drain()).isZero();
    }

    @Test
    void aDelayOfHoursIsRefusedWithItsKey() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new ShutdownConfiguration(Duration.hours(1)))
                .withMessageContaining("shutdown.drainDelay (DRAIN_DELAY) must be 0s to 10m");
    }
}
