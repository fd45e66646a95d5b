package dev.idem.service.adminport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.service.address.AddressLiteral;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdminAddressTest {
    private static AdminAddress bound(String address) {
        return new AdminAddress("http", AddressLiteral.read(address).orElseThrow(), 3002, "/", List.of("ops.example"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, localhost, http://localhost:3002/console",
        "127.0.0.1, LOCALHOST, http://localhost:3002/console",
        "127.0.0.1, 127.0.0.1, http://127.0.0.1:3002/console",
        "127.0.0.1, [::1], http://127.0.0.1:3002/console",
        "10.1.2.3, localhost, http://10.1.2.3:3002/console",
        "10.1.2.3, 10.1.2.3, http://10.1.2.3:3002/console",
        "10.1.2.3, ops.example, http://ops.example:3002/console",
        "0.0.0.0, localhost, http://localhost:3002/console",
        "0.0.0.0, Ops.Example, http://ops.example:3002/console",
        "0.0.0.0, 192.0.2.7, http://192.0.2.7:3002/console",
        "::, [::1], http://[0:0:0:0:0:0:0:1]:3002/console",
    })
    void aBrowserIsSentToAHostThatIsKnown(String bound, String asked, String there) {
        assertThat(bound(bound).consoleFor(asked, "192.0.2.7")).hasToString("Optional[" + there + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, evil.example",
        "127.0.0.1, ops.example",
        "127.0.0.1, 192.0.2.7",
        "10.1.2.3, evil.example",
        "10.1.2.3, 192.0.2.7",
        "0.0.0.0, evil.example",
        "0.0.0.0, localhost.evil.example",
        "0.0.0.0, 198.51.100.1",
        "0.0.0.0, 192.0.2.7.evil.example",
        "0.0.0.0, ''"
    })
    void noHostIsBelievedToBeOurs(String bound, String asked) {
        assertThat(bound(bound).consoleFor(asked, "192.0.2.7")).isEmpty();
    }

    @Test
    void theSchemeAndThePathAreThePorts() {
        AdminAddress address =
                new AdminAddress("https", AddressLiteral.read("::1").orElseThrow(), 8443, "/ops/", List.of());

        assertThat(address.console()).hasToString("https://[0:0:0:0:0:0:0:1]:8443/ops/console");
        assertThat(bound("0.0.0.0").console()).hasToString("http://localhost:3002/console");
    }
}
