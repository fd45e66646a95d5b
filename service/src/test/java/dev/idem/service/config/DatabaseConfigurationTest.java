package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.dropwizard.util.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DatabaseConfigurationTest {
    @Test
    void aLoginWaitsTwoAndAHalfSecondsUnlessTheFileSaysOtherwise() {
        assertThat(new DatabaseConfiguration(null, null, null).timeoutOrDefault())
                .isEqualTo(java.time.Duration.ofMillis(2_500));
        assertThat(new DatabaseConfiguration(null, null, Duration.seconds(1)).timeoutOrDefault())
                .isEqualTo(java.time.Duration.ofSeconds(1));
    }

    @Test
    void aTimeoutThatNobodyCanMeanIsRefusedWithItsKey() {
        for (Duration wrong : List.of(Duration.seconds(0), Duration.milliseconds(99), Duration.seconds(6))) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new DatabaseConfiguration(null, null, wrong))
                    .withMessageContaining("database.timeout must be 100ms to 5s");
        }
    }
}
