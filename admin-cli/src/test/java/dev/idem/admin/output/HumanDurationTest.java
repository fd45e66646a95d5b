package dev.idem.admin.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HumanDurationTest {

    @ParameterizedTest
    @CsvSource({
        "PT-5S, 0s",
        "PT0S, 0ms",
        "PT0.85S, 850ms",
        "PT1S, 1s",
        "PT59.9S, 59s",
        "PT3M12S, 3m 12s",
        "PT1H, 1h 0m",
        "PT23H59M, 23h 59m",
        "PT52H, 2d 4h"
    })
    void theTwoLargestUnitsAreShown(Duration duration, String text) {
        assertThat(HumanDuration.of(duration)).isEqualTo(text);
    }
}
