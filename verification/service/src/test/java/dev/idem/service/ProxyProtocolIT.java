package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A proxy says before the first request, in either version of the PROXY protocol, which client it speaks for. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings({"AddressSelection", "EnumOrdinal"}) // addresses are literal, and versions are numbered
final class ProxyProtocolIT {
    private static final String HERE = "127.0.0.1";

    private static RunningService service;

    private enum Version {
        ONE {
            @Override
            byte[] of(InetAddress client) {
                String family = client.getAddress().length == 4 ? "TCP4 " : "TCP6 ";
                return line(family + client.getHostAddress() + ' ' + client.getHostAddress() + " 4711 80");
            }

            @Override
            byte[] ofTheProxyItself() {
                return line("UNKNOWN");
            }

            private byte[] line(String said) {
                return ("PROXY " + said + "\r\n").getBytes(StandardCharsets.US_ASCII);
            }
        },

        TWO {
            private static final byte PROXY = 0x21;
            private static final byte LOCAL = 0x20;
            private static final byte TCP4 = 0x11;
            private static final byte TCP6 = 0x21;

            @Override
            byte[] of(InetAddress client) {
                byte[] address = client.getAddress();
                short length = (short) (2 * address.length + 4);
                return begun(length)
                        .put(PROXY)
                        .put(address.length == 4 ? TCP4 : TCP6)
                        .putShort(length)
                        .put(address)
                        .put(address)
                        .putShort((short) 4711)
                        .putShort((short) 80)
                        .array();
            }

            @Override
            byte[] ofTheProxyItself() {
                return begun(0).put(LOCAL).put((byte) 0).putShort((short) 0).array();
            }

            private ByteBuffer begun(int length) {
                return ByteBuffer.allocate(16 + length).put(HexFormat.of().parseHex("0d0a0d0a000d0a515549540a"));
            }
        };

        abstract byte[] of(InetAddress client);

        /** As before its health checks. */
        abstract byte[] ofTheProxyItself();
    }

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database, "server.applicationConnectors[0].useProxyProtocol", "true");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @ParameterizedTest
    @EnumSource
    void aClientHasToWaitForItsOwnWrongLoginsAlone(Version version) throws Exception {
        for (String block : new String[] {"192.0.2.", "2001:db8:0:%d::"}) {
            InetAddress client = InetAddress.getByName(
                    String.format(Locale.ROOT, block, version.ordinal()) + (1 + version.ordinal()));
            InetAddress other = InetAddress.getByName(String.format(Locale.ROOT, block, 8) + 99);
            for (int i = 0; i < 10; i++) {
                assertThat(wrongLogin(version.of(client))).startsWith("HTTP/1.1 401 ");
            }

            assertThat(wrongLogin(version.of(client))).startsWith("HTTP/1.1 429 ");
            assertThat(wrongLogin(version.of(other))).startsWith("HTTP/1.1 401 ");
            assertThat(wrongLogin(version.of(InetAddress.getByName(HERE)))).startsWith("HTTP/1.1 401 ");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProxyMaySpeakForItself(Version version) throws Exception {
        assertThat(wrongLogin(version.ofTheProxyItself())).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void aClientWithoutAProxyIsServedToo() throws Exception {
        assertThat(wrongLogin(new byte[0])).startsWith("HTTP/1.1 401 ");
    }

    /** Nothing can be said to a proxy that does not speak HTTP, so its connection ends. */
    @ParameterizedTest
    @EnumSource
    void ofAHeadThatIsWrongNothingIsServed(Version version) throws Exception {
        byte[] head = version.of(InetAddress.getByName("192.0.2.77"));
        byte[] wrong = Arrays.copyOf(head, head.length);
        wrong[13] = (byte) 0xff; // of the address in version 1, and the family in version 2

        assertThat(wrongLogin(wrong)).isEmpty();
        assertThat(wrongLogin(head)).startsWith("HTTP/1.1 401 ");
    }

    private static String wrongLogin(byte[] before) throws IOException {
        String body = "{\"email\":\"ann@example.com\",\"password\":\"wrong\"}";
        ByteArrayOutputStream sent = new ByteArrayOutputStream();
        sent.write(before);
        sent.write(("POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                .getBytes(StandardCharsets.US_ASCII));
        try (Socket socket = new Socket(HERE, service.support().getLocalPort())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(sent.toByteArray());
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
