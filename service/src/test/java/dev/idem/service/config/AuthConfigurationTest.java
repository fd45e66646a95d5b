package dev.idem.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.idem.service.address.AddressLiteral;
import org.junit.jupiter.api.Test;

final class AuthConfigurationTest {
    @Test
    void noProxyIsTrustedUnlessItIsNamed() {
        assertThat(AuthConfiguration.DEFAULTS
                        .proxies()
                        .contains(AddressLiteral.read("127.0.0.1").orElseThrow()))
                .isFalse();
        assertThat(new AuthConfiguration(null, null, null, "127.0.0.0/8")
                        .proxies()
                        .contains(AddressLiteral.read("127.0.0.1").orElseThrow()))
                .isTrue();
    }

    @Test
    void whatIsNoProxyStopsTheStart() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthConfiguration(null, null, null, "10.0.0.0/8,proxy.example"))
                .withMessageContaining("auth.trustedProxies (TRUSTED_PROXIES) must be addresses")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("proxy.example"));
    }
}
