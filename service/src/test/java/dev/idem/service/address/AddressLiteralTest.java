package dev.idem.service.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressLiteralTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "0.0.0.0, 0.0.0.0",
        "2001:db8::1, [2001:db8:0:0:0:0:0:1]",
        "[2001:DB8::1], [2001:db8:0:0:0:0:0:1]",
        "::, [0:0:0:0:0:0:0:0]",
        "::ffff:192.0.2.1, 192.0.2.1",
        "[::ffff:c000:201], 192.0.2.1"
    })
    void anAddressIsOneHoweverItIsWritten(String written, String inUri) {
        assertThat(AddressLiteral.read(written).map(AddressLiteral::inUri)).contains(inUri);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "localhost",
                "example.com",
                "1",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1.2.3.04",
                "0x7f.0.0.1",
                "1.2.3.4:80",
                "[1.2.3.4]",
                "fe80::1%eth0",
                "::1::",
                "12345::",
                ":",
                "abcd:",
                "[::1]:80",
                "[::1",
                ".a:1",
                ".::1",
                "[.:]",
                "::::::::::::::::::::::::::::::::::::::::::::::::",
                "a b"
            })
    void whatIsNoneIsNotLookedUp(String written) {
        assertThat(AddressLiteral.read(written)).isEmpty();
    }

    @Test
    void itIsTheAddressItself() throws Exception {
        assertThat(AddressLiteral.read("10.1.2.3")).contains(InetAddress.getByAddress(new byte[] {10, 1, 2, 3}));
    }
}
