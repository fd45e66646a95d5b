package dev.idem.service.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
    private static boolean trusts(String written, String address) {
        return TrustedProxies.parse(written)
                .contains(AddressLiteral.read(address).orElseThrow());
    }

    @ParameterizedTest
    @CsvSource({
        "'10.0.0.0/8, 2001:db8::/32', 10.255.0.1, true",
        "'10.0.0.0/8, 2001:db8::/32', 2001:db8:ffff::1, true",
        "'10.0.0.0/8, 2001:db8::/32', 11.0.0.1, false",
        "'10.0.0.0/8, 2001:db8::/32', 2001:db9::1, false",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, ::ffff:192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "192.0.2.128/25, 192.0.2.127, false",
        "'::1,', ::1, true",
        "[2001:db8::1], 2001:db8::1, true"
    })
    void anAddressIsOneOfThemOrNot(String written, String address, boolean isTrusted) {
        assertThat(trusts(written, address)).isEqualTo(isTrusted);
    }

    @Test
    void nobodyIsTrustedUnlessTold() {
        assertThat(trusts(" ", "127.0.0.1")).isFalse();
        assertThat(TrustedProxies.parse(null)).isSameAs(TrustedProxies.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "proxy.example",
                "10.0.0.0/33",
                "10.0.0.1/8",
                "10.0.0.0/0",
                "::/0",
                "10.0.0.0/x",
                "10.0.0",
                "10.0.0.0-10.0.0.9",
                "2001:db8::/129",
                "10.0.0.0/08",
                "10.0.0.0/8/8",
                "10.0.0.0/",
                "*",
                "10.0.0.1 10.0.0.2"
            })
    void whatIsNoAddressAndNoNetworkIsSaid(String written) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TrustedProxies.parse("127.0.0.1," + written))
                .withMessageContaining("must be addresses and networks");
    }
}
