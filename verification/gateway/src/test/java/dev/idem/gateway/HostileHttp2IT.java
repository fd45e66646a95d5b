package dev.idem.gateway;

import static dev.idem.gateway.RawHttp2Connection.CONTINUATION;
import static dev.idem.gateway.RawHttp2Connection.DATA;
import static dev.idem.gateway.RawHttp2Connection.END_HEADERS;
import static dev.idem.gateway.RawHttp2Connection.END_STREAM;
import static dev.idem.gateway.RawHttp2Connection.HEADERS;
import static dev.idem.gateway.RawHttp2Connection.PING;
import static dev.idem.gateway.RawHttp2Connection.RST_STREAM;
import static dev.idem.gateway.RawHttp2Connection.SETTINGS;
import static dev.idem.gateway.RawHttp2Connection.block;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Frames that no well-meaning client sends: the upstream gets nothing of them, and others are served. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class HostileHttp2IT {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FLOOD = 20_000;
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] CANCEL = {0, 0, 0, 8};

    private final Upstream upstream;
    private final GatewayService service;
    private int before;

    HostileHttp2IT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(
                redis,
                database,
                """
                - { prefix: /orders, upstream: "%1$s", requestBody: { minRate: 100B, within: 500ms, longest: 5s } }
                - { prefix: /files, upstream: "%1$s", methods: [] }
                """.formatted(upstream.url()),
                ConfigOverride.config("server.applicationConnectors[0].type", "h2c"));
    }

    @BeforeEach
    void count() {
        before = upstream.asked().size();
    }

    @AfterEach
    void othersAreServed() throws Exception {
        try (RawHttp2Connection next = connect()) {
            next.send(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", "/files/1"));
            assertThat(next.outcome(1)).isEqualTo("201");
        }
    }

    @AfterAll
    void close() throws Exception {
        service.close();
        upstream.close();
    }

    private RawHttp2Connection connect() throws Exception {
        return new RawHttp2Connection(service.port());
    }

    private static byte[] request(String method, String path, String... more) {
        List<String> fields = new ArrayList<>(
                List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "shop.example"));
        fields.addAll(List.of(
                "authorization",
                "Bearer ann",
                "idempotency-key",
                UUID.randomUUID().toString()));
        fields.addAll(List.of(more));
        return block(fields.toArray(String[]::new));
    }

    private String outcome(byte[] head) throws Exception {
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS, 1, head).send(DATA, END_STREAM, 1, BODY);
            return ann.outcome(1);
        }
    }

    static Stream<List<String>> headersThatAreNone() {
        return Stream.of(
                List.of("transfer-encoding", "chunked"),
                List.of("keep-alive", "timeout=5"),
                List.of("proxy-connection", "keep-alive"),
                List.of("connection", "close"),
                List.of("connection", "upgrade", "upgrade", "websocket"),
                List.of("upgrade", "h2c", "http2-settings", ""),
                List.of("connection", "TE", "http2-settings", "x", "transfer-encoding", "chunked"),
                List.of("connection", "TE", "http2-settings", "x", "keep-alive", "timeout=5"),
                List.of("connection", "TE", "http2-settings", "x", "proxy-connection", "keep-alive"),
                List.of("connection", "TE", "http2-settings", "x", "upgrade", "h2c"),
                List.of("connection", "TE, Upgrade", "http2-settings", "x", "upgrade", "h2c"),
                List.of("te", "gzip"),
                List.of("host", "other.example"),
                List.of("host", "shop.example", "host", "shop.example"),
                List.of("content-length", "2", "content-length", "3"),
                List.of("content-length", "2, 2"),
                List.of("content-length", "+2"),
                List.of("content-length", "two"),
                List.of("x-inner", "a\r\nidempotency-attempt: 7"),
                List.of("x-null", "a\0b"),
                List.of("x y", "a"),
                List.of("x:y", "a"),
                List.of("X-Upper", "a"),
                List.of("", "a"),
                List.of(":path", "/files/2"),
                List.of(":unknown", "a"));
    }

    @ParameterizedTest
    @MethodSource("headersThatAreNone")
    void aHeaderThatHttp2DoesNotHaveIsRefused(List<String> fields) throws Exception {
        assertThat(outcome(request("POST", "/orders", fields.toArray(String[]::new))))
                .isIn("400", "reset", "closed");
        assertThat(outcome(request("POST", "/files/1", fields.toArray(String[]::new))))
                .isIn("400", "reset", "closed");
        assertThat(upstream.asked()).hasSize(before);
    }

    static Stream<List<String>> requestLinesThatAreNone() {
        return Stream.of(
                List.of("GET /admin HTTP/1.1\r\nX:", "/files/1"),
                List.of("A B", "/files/1"),
                List.of("", "/files/1"),
                List.of("post", "/files/1"),
                List.of("TRACE", "/files/1"),
                List.of("POST", "/files/1 HTTP/1.1\r\nX: y"),
                List.of("POST", "/files/\0"),
                List.of("POST", "/files/../orders"),
                List.of("POST", "/%66iles/../orders"),
                List.of("POST", "/files/1#part"),
                List.of("POST", ""),
                List.of("POST", "http://other.example/files/1"));
    }

    @ParameterizedTest
    @MethodSource("requestLinesThatAreNone")
    void aRequestLineThatHttp11DoesNotHaveIsRefused(List<String> line) throws Exception {
        assertThat(outcome(request(line.get(0), line.get(1)))).isIn("400", "404", "405", "reset", "closed");
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void aBodyThatDoesNotComeEndsItsStreamAndNoOther() throws Exception {
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS, 1, request("POST", "/orders"));
            assertThat(ann.outcome(1)).isEqualTo("408");
            ann.send(HEADERS, END_HEADERS, 3, request("POST", "/orders", "content-length", "2"));
            ann.send(DATA, 0, 3, new byte[] {'{'});
            assertThat(ann.outcome(3)).isEqualTo("408");

            ann.send(HEADERS, END_HEADERS, 5, request("POST", "/orders")).send(DATA, END_STREAM, 5, BODY);
            assertThat(ann.outcome(5)).isEqualTo("201");
        }
        assertThat(upstream.asked()).hasSize(before + 1);
    }

    @Test
    void noTunnelIsOpened() throws Exception {
        byte[] tunnel = block(":method", "CONNECT", ":authority", "127.0.0.1:" + upstream.port());
        byte[] webSocket = block(
                ":method",
                "CONNECT",
                ":protocol",
                "websocket",
                ":scheme",
                "http",
                ":path",
                "/files/1",
                ":authority",
                "a");

        assertThat(outcome(tunnel)).isIn("405", "400", "reset");
        assertThat(outcome(webSocket)).isIn("405", "400", "reset");
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void aHeadThatIsTooLargeIsRefused() throws Exception {
        try (RawHttp2Connection ann = connect()) {
            byte[] head = request("POST", "/orders", "x-large", "x".repeat(16_000));
            ann.send(HEADERS, END_HEADERS | END_STREAM, 1, head);

            assertThat(ann.outcome(1)).isIn("431", "400", "reset", "closed");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void headsThatNeverEndCloseTheConnection() throws Exception {
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, 0, 1, request("POST", "/orders"));
            byte[] more = block("x-more", "y".repeat(100));
            try {
                for (int i = 0; i < FLOOD; i++) {
                    ann.send(CONTINUATION, 0, 1, more);
                }
            } catch (SocketException closed) {
                // as it should be
            }
            assertThat(ann.outcome(1)).isEqualTo("closed");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void emptyFramesThatNeverEndCloseTheConnection() throws Exception {
        for (int type : List.of(CONTINUATION, DATA, PING, SETTINGS)) {
            try (RawHttp2Connection ann = connect()) {
                ann.send(HEADERS, type == CONTINUATION ? 0 : END_HEADERS, 1, request("POST", "/orders"));
                byte[] payload = new byte[type == PING ? 8 : 0];
                int stream = type == CONTINUATION || type == DATA ? 1 : 0;
                try {
                    for (int i = 0; i < FLOOD; i++) {
                        ann.send(type, 0, stream, payload);
                    }
                } catch (SocketException closed) {
                    // as it should be
                }
                assertThat(ann.reasonOfTheEnd()).as("type %d", type).isIn(ENHANCE_YOUR_CALM, -1);
            }
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void aFloodOfStreamsThatAreResetAtOnceIsBounded() throws Exception {
        try (RawHttp2Connection ann = connect()) {
            try {
                for (int stream = 1; stream < FLOOD; stream += 2) {
                    ann.send(HEADERS, END_HEADERS | END_STREAM, stream, request("GET", "/files/1"))
                            .send(RST_STREAM, 0, stream, CANCEL);
                }
            } catch (SocketException closed) {
                // as it should be
            }
            assertThat(ann.reasonOfTheEnd()).isIn(ENHANCE_YOUR_CALM, -1);
        }
        assertThat(upstream.asked().size() - before).isLessThan(FLOOD / 10);
    }
}
