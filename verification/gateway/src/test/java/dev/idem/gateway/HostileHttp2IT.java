package dev.idem.gateway;

import static dev.idem.gateway.RawHttp2Connection.CONTINUATION;
import static dev.idem.gateway.RawHttp2Connection.DATA;
import static dev.idem.gateway.RawHttp2Connection.END_HEADERS;
import static dev.idem.gateway.RawHttp2Connection.END_STREAM;
import static dev.idem.gateway.RawHttp2Connection.GOAWAY;
import static dev.idem.gateway.RawHttp2Connection.HEADERS;
import static dev.idem.gateway.RawHttp2Connection.PING;
import static dev.idem.gateway.RawHttp2Connection.PUSH_PROMISE;
import static dev.idem.gateway.RawHttp2Connection.RST_STREAM;
import static dev.idem.gateway.RawHttp2Connection.SETTINGS;
import static dev.idem.gateway.RawHttp2Connection.WINDOW_UPDATE;
import static dev.idem.gateway.RawHttp2Connection.block;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that no well-meaning client sends: the upstream gets nothing of them, and others are served. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class HostileHttp2IT {
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final int FLOOD = 20_000;
    private static final byte[] BODY = "{}".getBytes(StandardCharsets.UTF_8);
    private static final int REFUSED_STREAM = 7;
    private static final int STREAMS_AT_ONCE = 100;
    private static final byte[] CANCEL = {0, 0, 0, 8};
    private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

    private final Upstream upstream;
    private final Upstream narrow;
    private final GatewayService service;
    private int before;

    HostileHttp2IT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        narrow = new Upstream();
        service = new GatewayService(
                redis,
                database,
                """
                - { prefix: /orders, upstream: "%1$s", requestBody: { minRate: 100B, within: 500ms, longest: 5s } }
                - { prefix: /files, upstream: "%1$s", methods: [] }
                - { prefix: /narrow, upstream: "%2$s", methods: [], maxConnections: 1, maxQueued: 0 }
                """.formatted(upstream.url(), narrow.url()),
                ConfigOverride.config("server.applicationConnectors[0].type", "h2c"));
    }

    @BeforeEach
    void count() {
        before = upstream.asked().size();
    }

    @AfterEach
    void othersAreServed() throws Exception {
        upstream.will(upstream::created);
        try (RawHttp2Connection next = connect()) {
            next.send(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", "/files/1"));
            assertThat(next.outcome(1)).isEqualTo("201");
        }
    }

    @AfterAll
    void close() throws Exception {
        service.close();
        upstream.close();
        narrow.close();
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

    /** A head, and what comes after the body's two bytes; no body if there is nothing. */
    private record End(List<String> head, List<String> trailers) {}

    static Stream<End> contradictions() {
        return Stream.of(
                new End(List.of("content-length", "5"), List.of()),
                new End(List.of("content-length", "5"), List.of("x-more", "1")),
                new End(List.of(), List.of("transfer-encoding", "chunked")),
                new End(List.of(), List.of("upgrade", "h2c")),
                new End(List.of(), List.of("connection", "close")),
                new End(List.of(), List.of("X-Upper", "1")));
    }

    @ParameterizedTest
    @MethodSource("contradictions")
    void aBodyWhoseEndContradictsItsHeadIsRefusedAlone(End end) throws Exception {
        for (String path : List.of("/orders", "/files/1")) {
            try (RawHttp2Connection ann = connect()) {
                byte[] head = request("POST", path, end.head().toArray(String[]::new));
                if (end.trailers().isEmpty()) {
                    ann.send(HEADERS, END_HEADERS | END_STREAM, 1, head);
                } else {
                    byte[] trailers = block(end.trailers().toArray(String[]::new));
                    ann.send(HEADERS, END_HEADERS, 1, head)
                            .send(DATA, 0, 1, BODY)
                            .send(HEADERS, END_HEADERS | END_STREAM, 1, trailers);
                }
                assertThat(ann.outcome(1)).isIn("400", "reset");

                ann.send(HEADERS, END_HEADERS | END_STREAM, 3, request("GET", "/openapi.json"));
                assertThat(ann.outcome(3)).isEqualTo("200");
            }
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    static Stream<List<String>> trailersWithoutAnEnd() {
        return Stream.of(
                List.of("x-more", "1"),
                List.of(),
                List.of("X-Upper", "1"),
                List.of("x-null", "a\0b"),
                List.of("connection", "close"),
                List.of(":unknown", "1"),
                List.of(":status", "200"),
                List.of(":method", "POST", ":scheme", "http", ":path", "/files/2", ":authority", "shop.example"));
    }

    @ParameterizedTest
    @MethodSource("trailersWithoutAnEnd")
    void trailersThatDoNotEndTheirStreamMakeNoBodyComplete(List<String> trailers) throws Exception {
        Flaw flaw = new Flaw("", HEADERS, END_HEADERS, 1, block(trailers.toArray(String[]::new)));
        assertThatNoPartIsExecuted(flaw);
    }

    /** The last word of its connection comes before the body's end. */
    @ParameterizedTest
    @MethodSource("flaws")
    void noBrokenConnectionMakesABodyComplete(Flaw flaw) throws Exception {
        assertThatNoPartIsExecuted(flaw);
    }

    private void assertThatNoPartIsExecuted(Flaw flaw) throws Exception {
        for (String path : List.of("/orders", "/files/1")) {
            byte[] head = request("POST", path);
            try (RawHttp2Connection ann = connect()) {
                ann.send(HEADERS, END_HEADERS, 1, head)
                        .send(DATA, 0, 1, BODY)
                        .send(flaw.type(), flaw.flags(), flaw.stream(), flaw.payload());
                assertThat(ann.outcome(1)).isIn("400", "reset", "closed");
            }
            assertThat(outcome(head)).isEqualTo("201");
            assertThat(upstream.asked()).hasSize(++before);
        }
    }

    @Test
    void aRequestToNobodyIsRefused() throws Exception {
        byte[] toNobody = block(":method", "POST", ":scheme", "http", ":path", "/files/1", ":authority", "");

        assertThat(outcome(toNobody)).isEqualTo("400");
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":80", "ann@shop.example", "shop.example:port", "a b"})
    void aTargetWithoutAHostIsRefusedOverBothVersions(String host) throws Exception {
        String line =
                "POST /orders HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer ann\r\nIdempotency-Key: a\r\n"
                        + "Content-Length: 2\r\nConnection: close\r\n\r\n{}";

        assertThat(outcome(requestTo(":authority", host))).isIn("400", "reset", "closed");
        assertThat(outcome(requestTo("host", host))).isEqualTo("400");
        assertThat(outcome(requestTo(":authority", host, "host", host))).isIn("400", "reset", "closed");
        try (RawConnection http1 = new RawConnection(service.port())) {
            assertThat(http1.send(line).untilItsEnd()).startsWith("HTTP/1.1 400");
        }
        assertThat(upstream.asked()).hasSize(before);
        assertThat(outcome(requestTo(":authority", "[::1]:80"))).isEqualTo("201");
    }

    private static byte[] requestTo(String... host) {
        return block(Stream.of(
                        Stream.of(":method", "POST", ":scheme", "http", ":path", "/orders"),
                        Stream.of(host),
                        Stream.of(
                                "authorization",
                                "Bearer ann",
                                "idempotency-key",
                                UUID.randomUUID().toString()))
                .flatMap(fields -> fields)
                .toArray(String[]::new));
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

    /** Another stream of the connection executes meanwhile. */
    @ParameterizedTest
    @ValueSource(ints = {8_500, 16_000, 17_000, 30_000})
    void aHeadThatIsTooLargeIsRefusedAlone(int length) throws Exception {
        CompletableFuture<Runnable> finish = executing();
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS, 1, request("POST", "/files/1")).send(DATA, END_STREAM, 1, BODY);
            finish.get();
            ann.sendHead(3, request("POST", "/orders", "x-large", "x".repeat(length)));
            assertThat(ann.outcome(3)).isEqualTo("431");

            finish.get().run();
            assertThat(ann.outcome(1)).isEqualTo("201");
        }
        assertThat(upstream.asked()).hasSize(before + 1);
    }

    private CompletableFuture<Runnable> executing() {
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        upstream.will(
                (asked, response, callback) -> finish.complete(() -> upstream.created(asked, response, callback)));
        return finish;
    }

    /** What breaks a connection. */
    @SuppressWarnings("ArrayRecordComponent") // no two are compared
    private record Flaw(String name, int type, int flags, int stream, byte[] payload) {
        static Stream<Flaw> all() {
            byte[] large = block("x-large", "x".repeat(9_000));
            return Stream.of(
                    new Flaw("a promise", PUSH_PROMISE, END_HEADERS, 1, large),
                    new Flaw("a frame that is too long", DATA, 0, 1, new byte[16_385]),
                    new Flaw("a head with an unknown index", HEADERS, END_HEADERS, 3, new byte[] {(byte) 0xfe}),
                    new Flaw("a head that ends early", HEADERS, END_HEADERS, 3, new byte[] {0, 9, 'x'}),
                    new Flaw("a head to a user", HEADERS, END_HEADERS, 3, requestTo(":authority", "ann@shop.example")),
                    new Flaw("a head to a large port", HEADERS, END_HEADERS, 3, requestTo(":authority", "a:99999")),
                    new Flaw("a head to a path", HEADERS, END_HEADERS, 3, requestTo(":authority", "a/b")),
                    new Flaw("a header without a name", HEADERS, END_HEADERS, 3, request("POST", "/files/2", "", "a")),
                    new Flaw(
                            "a length that is none",
                            HEADERS,
                            END_HEADERS,
                            3,
                            request("POST", "/files/2", "content-length", "two")),
                    new Flaw("a head on an old stream", HEADERS, END_HEADERS, 1, request("POST", "/files/2")),
                    new Flaw("a window that is too large", WINDOW_UPDATE, 0, 0, new byte[] {0x7f, -1, -1, -1}),
                    new Flaw("no more window", WINDOW_UPDATE, 0, 0, new byte[4]),
                    new Flaw("a setting of five bytes", SETTINGS, 0, 0, new byte[5]),
                    new Flaw("a ping of seven bytes", PING, 0, 0, new byte[7]),
                    new Flaw("a body that nobody began", DATA, END_STREAM, 5, BODY),
                    new Flaw("the end of what nobody began", RST_STREAM, 0, 5, CANCEL),
                    new Flaw("a body of the connection", DATA, 0, 0, BODY));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Flaw> flaws() {
        return Flaw.all();
    }

    /** A client would send it again (RFC 9113, section 8.7). */
    @ParameterizedTest
    @MethodSource("flaws")
    void noBrokenConnectionSaysThatAnExecutedRequestWasNotProcessed(Flaw flaw) throws Exception {
        CompletableFuture<Runnable> finish = executing();
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS, 1, request("POST", "/files/1")).send(DATA, END_STREAM, 1, BODY);
            finish.get();
            ann.send(flaw.type(), flaw.flags(), flaw.stream(), flaw.payload());

            assertThat(ann.untilTheEnd())
                    .noneMatch(frame -> frame.type() == RST_STREAM && frame.error() == REFUSED_STREAM)
                    .noneMatch(frame -> frame.type() == GOAWAY && frame.reason() == REFUSED_STREAM)
                    .filteredOn(frame -> frame.type() == GOAWAY)
                    .isNotEmpty()
                    .allMatch(frame -> frame.lastStream() >= 1);
        }
        finish.get().run();
    }

    @Test
    void aHeadWithoutBoundsEndsTheConnectionWithoutSayingThatOthersWereNotProcessed() throws Exception {
        CompletableFuture<Runnable> finish = executing();
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS, 1, request("POST", "/files/1")).send(DATA, END_STREAM, 1, BODY);
            finish.get();
            ann.sendHead(3, request("POST", "/orders", "x-large", "x".repeat(60_000)));

            assertThat(ann.untilTheEnd())
                    .noneMatch(frame -> frame.type() == RST_STREAM && frame.error() == REFUSED_STREAM)
                    .anyMatch(frame -> frame.type() == GOAWAY && frame.lastStream() == 1);
        }
        finish.get().run();
    }

    @Test
    void responsesThatAConnectionDoesNotReadAreBounded() throws Exception {
        byte[] large = new byte[1 << 20];
        upstream.will((asked, response, callback) -> response.write(true, ByteBuffer.wrap(large), callback));
        try (RawHttp2Connection ann = connect()) {
            ann.send(SETTINGS, 0, 0, NO_WINDOW);
            for (int i = 0; i < STREAMS_AT_ONCE + 20; i++) {
                ann.send(HEADERS, END_HEADERS | END_STREAM, 2 * i + 1, request("GET", "/files/" + i));
            }

            assertThat(ann.outcome(2 * STREAMS_AT_ONCE + 39)).isEqualTo("reset");
            await().until(() -> upstream.asked().size() >= before + STREAMS_AT_ONCE);
            assertThat(upstream.asked()).hasSize(before + STREAMS_AT_ONCE);
        }
    }

    @Test
    void aStreamThatIsResetLetsGoOfItsUpstream() throws Exception {
        narrow.will((asked, response, callback) -> {
            if (!asked.target().endsWith("/held")) {
                narrow.created(asked, response, callback);
            }
        });
        try (RawHttp2Connection ann = connect()) {
            ann.send(HEADERS, END_HEADERS | END_STREAM, 1, request("GET", "/narrow/held"));
            await().until(() -> !narrow.asked().isEmpty());
            ann.send(RST_STREAM, 0, 1, CANCEL);

            AtomicInteger stream = new AtomicInteger(1);
            await().until(() -> ann.send(
                            HEADERS, END_HEADERS | END_STREAM, stream.addAndGet(2), request("GET", "/narrow/next"))
                    .outcome(stream.get())
                    .equals("201"));
        }
    }

    @Test
    void aClientThatWaitsIsToldToSendItsBody() throws Exception {
        for (String path : List.of("/orders", "/files/1")) {
            try (RawHttp2Connection ann = connect()) {
                ann.send(HEADERS, END_HEADERS, 1, request("POST", path, "expect", "100-continue"));
                assertThat(ann.outcome(1)).isEqualTo("100");

                ann.send(DATA, END_STREAM, 1, BODY);
                assertThat(ann.outcome(1)).isEqualTo("201");
            }
        }
        assertThat(upstream.asked()).hasSize(before + 2);
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
