package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events of shares were delivered by earlier releases. */
final class SharesConfigurationTest {
    private static final String SECRET = "auth: { jwtSecret: 'a secret that only this test has, 32 bytes' }\n";

    @Test
    void eventsThatSomebodyWaitsForStopTheStart() {
        assertThatThrownBy(() -> ReadConfiguration.of(SECRET + "shares: { events: { enabled: true } }\n"))
                .hasMessageContaining("shares.events")
                .hasMessageContaining("no longer written or delivered");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"shares: { events: { enabled: false } }", "shares: { events: {} }", "shares: {}", "shares:"})
    void eventsThatWereOffMayStayInTheFile(String section) {
        assertThatCode(() -> ReadConfiguration.of(SECRET + section + "\n")).doesNotThrowAnyException();
    }
}
