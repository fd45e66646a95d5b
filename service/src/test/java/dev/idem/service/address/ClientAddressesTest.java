package dev.idem.service.address;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Behind proxies of 10.0.0.0/8, of which 10.0.0.1 is the one that asks. */
final class ClientAddressesTest {
    private static final InetAddress PROXY = AddressLiteral.read("10.0.0.1").orElseThrow();

    private final ClientAddresses clients = new ClientAddresses(TrustedProxies.parse("10.0.0.0/8"));

    private String forwardedFor(String... values) {
        return clients.behind(PROXY, List.of(), List.of(values)).getHostAddress();
    }

    private String forwarded(String... values) {
        return clients.behind(PROXY, List.of(values), List.of()).getHostAddress();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "192.0.2.1                      | 192.0.2.1",
                "192.0.2.1:4711                 | 192.0.2.1",
                "2001:db8::1                    | 2001:db8:0:0:0:0:0:1",
                "[2001:db8::1]:4711             | 2001:db8:0:0:0:0:0:1",
                "198.51.100.1, 192.0.2.1        | 192.0.2.1",
                "192.0.2.1, 10.0.0.2, 10.0.0.3  | 192.0.2.1",
                "198.51.100.1, 192.0.2.1,10.0.0.2| 192.0.2.1",
                "10.0.0.9, 192.0.2.1            | 192.0.2.1",
                "garbage, 192.0.2.1             | 192.0.2.1",
                "10.0.0.3, 10.0.0.2             | 10.0.0.2",
                "10.0.0.9, 10.0.0.8, 10.0.0.2   | 10.0.0.2",
                "192.0.2.1, garbage             | 10.0.0.1",
                "192.0.2.1, garbage, 10.0.0.2   | 10.0.0.2",
                "192.0.2.1, unknown             | 10.0.0.1",
                ", 192.0.2.1 , ,                | 192.0.2.1",
                "localhost                      | 10.0.0.1",
                "::ffff:192.0.2.1               | 192.0.2.1"
            })
    void theFirstFromTheRightThatIsNoProxyCounts(String header, String client) {
        assertThat(forwardedFor(header)).isEqualTo(client);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "for=192.0.2.1                                       | 192.0.2.1",
                "For=192.0.2.1;proto=https;by=10.0.0.1               | 192.0.2.1",
                "proto=https; for=\"192.0.2.1:4711\"                 | 192.0.2.1",
                "for=192.0.2.1:4711                                  | 192.0.2.1",
                "for=\"[2001:db8::1]:4711\"                          | 2001:db8:0:0:0:0:0:1",
                "for=\"[2001:db8::1]\"                               | 2001:db8:0:0:0:0:0:1",
                "for=198.51.100.1, for=192.0.2.1;host=a, for=10.0.0.2| 192.0.2.1",
                "for=192.0.2.1, proto=https                          | 10.0.0.1",
                "for=192.0.2.1, for=unknown                          | 10.0.0.1",
                "for=192.0.2.1, for=_hidden, for=10.0.0.2            | 10.0.0.2",
                "for=192.0.2.1;host=\"a,for=198.51.100.1\"           | 192.0.2.1"
            })
    void forwardedIsReadInTheSameWay(String header, String client) {
        assertThat(forwarded(header)).isEqualTo(client);
    }

    /** What a client leaves open would take in what the proxy says after it. */
    @ParameterizedTest
    @ValueSource(
            strings = {"for=\"198.51.100.1", "for=\"\\\"", "x=\"", "for=198.51.100.1;", "nonsense", "for=a b", "=,"})
    void whoWritesWhatCannotBeReadIsCountedAsTheProxy(String sent) {
        assertThat(forwarded(sent, "for=192.0.2.1")).isIn("10.0.0.1", "192.0.2.1");
        assertThat(forwarded(sent, "for=\"[2001:db8::1]\"")).isIn("10.0.0.1", "2001:db8:0:0:0:0:0:1");
        assertThat(forwarded(sent)).isEqualTo("10.0.0.1");
    }

    @ParameterizedTest
    @CsvSource({"198.51.100.1, 10.0.0.1", "192.0.2.1, 192.0.2.1", "garbage, 10.0.0.1"})
    void whereTheHeadersDisagreeNeitherIsBelieved(String forwarded, String client) {
        assertThat(clients.behind(PROXY, List.of("for=" + forwarded), List.of("192.0.2.1"))
                        .getHostAddress())
                .isEqualTo(client);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ","})
    void aProxyThatNamesNobodyIsTheClient(String header) {
        assertThat(forwardedFor(header)).isEqualTo("10.0.0.1");
        assertThat(forwardedFor()).isEqualTo("10.0.0.1");
    }

    @Test
    void severalHeadersAreOne() {
        assertThat(forwardedFor("198.51.100.1", "192.0.2.1, 10.0.0.2")).isEqualTo("192.0.2.1");
        assertThat(forwarded("for=198.51.100.1", "for=192.0.2.1", "for=10.0.0.2"))
                .isEqualTo("192.0.2.1");
    }

    @Test
    void aLongHeaderIsReadToo() {
        assertThat(forwarded("for=\"" + "x".repeat(8_000) + "\"", "for=192.0.2.1"))
                .isEqualTo("192.0.2.1");
        assertThat(forwarded("for=\"[1]\",".repeat(800) + "for=192.0.2.1")).isEqualTo("192.0.2.1");
    }
}
