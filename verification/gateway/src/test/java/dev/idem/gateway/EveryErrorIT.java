package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.http.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever is wrong with a request, on whichever port, and whichever code finds it: the response is a problem. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class EveryErrorIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGE = 20_000;
    private static final int BOMB = 64 << 20;
    private static final String CLOSE = "Host: localhost\r\nConnection: close\r\n";
    private static final String LOGIN = "POST /api/auth/login HTTP/1.1\r\n" + CLOSE;
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";
    private static final String JSON_TYPE = "Content-Type: application/json\r\n";
    private static final byte[] CREDENTIALS = "{\"email\":\"ann@example.com\",\"password\":\"wrong\"}".getBytes(UTF_8);

    /** Where a request comes in, and a path there. */
    private enum Door {
        APPLICATION("/api/v1/shares"),
        ADMIN("/tasks/gc"),
        ROUTE("/orders");

        private final String path;

        Door(String path) {
            this.path = path;
        }
    }

    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final GatewayService service;
    private final int nobody;

    EveryErrorIT(TestRedis redis, TestDatabase database) throws Exception {
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        service = new GatewayService(
                redis, database, "- { prefix: /orders, upstream: 'http://127.0.0.1:" + nobody + "' }");
    }

    @BeforeAll
    void listen() {
        lines.start();
        ((Logger) LoggerFactory.getLogger(Problem.class)).addAppender(lines);
    }

    @AfterAll
    void close() throws Exception {
        ((Logger) LoggerFactory.getLogger(Problem.class)).detachAppender(lines);
        service.close();
    }

    static Stream<Arguments> whatNoServerTakes() {
        List<Arguments> all = new ArrayList<>();
        for (Door door : Door.values()) {
            String post = "POST " + door.path + " HTTP/1.1\r\n" + CLOSE;
            BiFunction<String, String, String> line =
                    (method, target) -> method + ' ' + target + " HTTP/1.1\r\n" + CLOSE + "Content-Length: 0\r\n\r\n";
            Object[][] ways = {
                {"no HTTP", "\u0016\u0003\u0001hello\r\n\r\n", "400"},
                {"half a line", "GET\r\n\r\n", "400"},
                {"another version", "GET " + door.path + " HTTP/9.9\r\n" + CLOSE + "\r\n", "400|505"},
                {"a version of old", "GET " + door.path + "\r\n", "400|505"},
                {"HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505"},
                {"a long target", line.apply("GET", door.path + "/" + "a".repeat(LARGE)), "414"},
                {"a long header", post + "X-Thing: " + "a".repeat(LARGE) + "\r\n\r\n", "431"},
                {"many headers", post + "X-Thing: 1\r\n".repeat(2_000) + "\r\n", "431"},
                {"no host", "GET " + door.path + " HTTP/1.1\r\nConnection: close\r\n\r\n", "400"},
                {"two hosts", post + "Host: other\r\n\r\n", "400"},
                {"an empty host", "GET " + door.path + " HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", "400"},
                {"no host's name", "GET " + door.path + " HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "400"},
                {"no host's port", "GET " + door.path + " HTTP/1.1\r\nHost: a:b\r\nConnection: close\r\n\r\n", "400"},
                {"a space before the colon", post + "X-Thing : 1\r\n\r\n", "400"},
                {"a folded line", post + "X-Thing: 1\r\n 2\r\n\r\n", "400"},
                {"a header without a colon", post + "X-Thing\r\n\r\n", "400"},
                {"markup for a header", post + "<script>: 1\r\n\r\n", "400"},
                {"a zero byte", post + "X-Thing: a\0b\r\n\r\n", "400"},
                {"no length", post + "Content-Length: <b>\r\n\r\n", "400"},
                {"two lengths", post + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"},
                {"both framings", post + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400"},
                {"no chunk", post + "Transfer-Encoding: chunked\r\n" + JSON_TYPE + "\r\nzz\r\n\r\n", "400|401"},
                {"a coding that is not known", post + "Transfer-Encoding: gzip\r\n\r\n", "400|501"},
                {"an expectation", post + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", "417"},
                {"another server's address", line.apply("GET", "http://127.0.0.1:1" + door.path), "400|421"},
                {"a target that is none", line.apply("GET", "orders"), "400"},
                {"a broken escape", line.apply("GET", door.path + "/%zz"), "400"},
                {"a hidden slash", line.apply("GET", "/nothing/a%2fb"), "400"},
                {"a hidden zero", line.apply("GET", "/nothing/a%00b"), "400"},
                {"a hidden parent", line.apply("GET", "/nothing/%2e%2e/x"), "400"},
                {"a parent with parameters", line.apply("GET", "/nothing/..;/x"), "400"},
                {"nothing", line.apply("GET", "/nothing"), "404"},
                {"the server itself", line.apply("GET", "*"), "400|404"},
                {"a tunnel", line.apply("CONNECT", "127.0.0.1:22"), "400|405|421"},
                {
                    "a tunnel to itself",
                    line.apply("CONNECT", "localhost:1").replace("localhost\r", "localhost:1\r"),
                    "400|405"
                },
                {"a trace", line.apply("TRACE", door.path), "405"},
            };
            for (Object[] way : ways) {
                all.add(Arguments.of(door, way[0], way[1], way[2]));
            }
        }
        return all.stream();
    }

    static Stream<Arguments> whatTheApplicationRefuses() {
        byte[] whole = gzip(CREDENTIALS);
        String large = "{\"email\":\"" + "a".repeat(2 << 20) + "\"}";
        return Stream.of(
                own("no media type", login("", CREDENTIALS), "400|415"),
                own("half a media type", login("Content-Type: foo\r\n", CREDENTIALS), "400|415"),
                own("markup for a media type", login("Content-Type: <b>/<b>\r\n", CREDENTIALS), "400|415"),
                own("another media type", login("Content-Type: text/plain\r\n", CREDENTIALS), "415"),
                own("no charset", login("Content-Type: application/json; charset=nope\r\n", CREDENTIALS), "401|415"),
                own(
                        "half a parameter",
                        login("Content-Type: application/json;charset\r\n", CREDENTIALS),
                        "400|401|415"),
                own("no quality", login(JSON_TYPE + "Accept: a/b;q=2\r\n", CREDENTIALS), "400"),
                own("a quality in words", login(JSON_TYPE + "Accept: */*;q=best\r\n", CREDENTIALS), "400"),
                own("half an Accept", login(JSON_TYPE + "Accept: foo\r\n", CREDENTIALS), "400|406"),
                own("an empty type", login(JSON_TYPE + "Accept: /\r\n", CREDENTIALS), "400|406"),
                own("another Accept", login(JSON_TYPE + "Accept: image/png\r\n", CREDENTIALS), "406"),
                own("no language", login(JSON_TYPE + "Accept-Language: <;q=zz\r\n", CREDENTIALS), "400|401"),
                own("no accepted charset", login(JSON_TYPE + "Accept-Charset: ;;q=9\r\n", CREDENTIALS), "400|401"),
                own("no accepted coding", login(JSON_TYPE + "Accept-Encoding: ;q=9,,\r\n", CREDENTIALS), "400|401"),
                own(
                        "a charset that is accepted",
                        login(JSON_TYPE + "Accept: application/json;charset=nope\r\n", CREDENTIALS),
                        "400|401|406"),
                own("no cookie", login(JSON_TYPE + "Cookie: =;;\"\r\n", CREDENTIALS), "400|401"),
                own("no JSON", login(JSON_TYPE, "{\"email\":<b>".getBytes(UTF_8)), "400"),
                own("half of JSON", login(JSON_TYPE, Arrays.copyOf(CREDENTIALS, 20)), "400"),
                own(
                        "no UTF-8",
                        login(JSON_TYPE, new byte[] {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'}),
                        "400"),
                own("another shape", login(JSON_TYPE, "[1]".getBytes(UTF_8)), "400"),
                own("no body", login(JSON_TYPE, new byte[0]), "400|422"),
                own("a large body", login(JSON_TYPE, large.getBytes(UTF_8)), "413"),
                own("no gzip", login(JSON_TYPE + "Content-Encoding: gzip\r\n", CREDENTIALS), "400"),
                own("no gzip, in capitals", login(JSON_TYPE + "Content-Encoding: GZIP\r\n", CREDENTIALS), "400|415"),
                own("an empty gzip", login(JSON_TYPE + "Content-Encoding: gzip\r\n", new byte[0]), "400|422"),
                own("a part of gzip", login(JSON_TYPE + "Content-Encoding: gzip\r\n", half(gzip(CREDENTIALS))), "400"),
                own(
                        "gzip without its last byte",
                        login(JSON_TYPE + "Content-Encoding: gzip\r\n", Arrays.copyOf(whole, whole.length - 1)),
                        "400"),
                own(
                        "gzip without its end",
                        login(JSON_TYPE + "Content-Encoding: gzip\r\n", Arrays.copyOf(whole, whole.length - 8)),
                        "400"),
                own("a wrong checksum", login(JSON_TYPE + "Content-Encoding: gzip\r\n", wrongEnd()), "400"),
                own("no JSON in gzip", login(JSON_TYPE + "Content-Encoding: gzip\r\n", gzip(new byte[] {1, 2})), "400"),
                own("a bomb", login(JSON_TYPE + "Content-Encoding: gzip\r\n", bomb()), "413"),
                own("deflate", login(JSON_TYPE + "Content-Encoding: deflate\r\n", deflate()), "415"),
                own("no deflate", login(JSON_TYPE + "Content-Encoding: deflate\r\n", CREDENTIALS), "415"),
                own("a coding that is not known", login(JSON_TYPE + "Content-Encoding: br\r\n", CREDENTIALS), "415"),
                own("two codings", login(JSON_TYPE + "Content-Encoding: br, gzip\r\n", gzip(CREDENTIALS)), "400|415"),
                own("another method", line("DELETE /api/v1/shares", ""), "405"),
                own("no method", line("FROBNICATE /api/v1/shares", ""), "405"),
                own("a method in small letters", line("get /api/v1/shares", ""), "400"),
                own("no token", line("GET /api/v1/shares", ""), "401"),
                own("half a token", line("GET /api/v1/shares", "Authorization: Bearer\r\n"), "401"),
                own("no options", line("OPTIONS /nothing", ""), "404"),
                own("half a character", line("GET /problems/nothing?a=%ff", ""), "400|404"),
                own("half an escape", line("GET /problems/nothing?a=%z", ""), "400|404"),
                own("half an escape in a list", line("GET /api/v1/shares?limit=%zz", ""), "400|401"),
                own("no path", line("GET /problems/%ff", ""), "400|404"),
                Arguments.of(Door.ADMIN, "half an escape", line("POST /tasks/gc?a=%zz", ""), "400"),
                Arguments.of(Door.ADMIN, "half a character", line("POST /tasks/gc?a=%ff", ""), "400"),
                own("no problem", line("GET /problems/nothing", ""), "404"),
                Arguments.of(Door.ADMIN, "no task", line("POST /tasks/nothing", ""), "404"),
                Arguments.of(Door.ADMIN, "a task that is read", line("GET /tasks/gc", ""), "405"),
                Arguments.of(Door.ADMIN, "metrics that are written", line("PUT /metrics", ""), "405"),
                Arguments.of(Door.ADMIN, "health that is deleted", line("DELETE /healthcheck", ""), "405"),
                Arguments.of(Door.ADMIN, "no method", line("FROBNICATE /metrics", ""), "405"),
                Arguments.of(
                        Door.ADMIN,
                        "another name",
                        "GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
                        "421"),
                Arguments.of(
                        Door.ADMIN, "another site", line("POST /tasks/gc", "Origin: http://evil.example\r\n"), "403"),
                Arguments.of(
                        Door.ADMIN,
                        "a coding",
                        bytes("POST /tasks/gc HTTP/1.1\r\n" + CLOSE + "Content-Encoding: gzip\r\n", gzip(CREDENTIALS)),
                        "415"),
                Arguments.of(
                        Door.ADMIN,
                        "half a form",
                        ("POST /tasks/gc HTTP/1.1\r\n" + CLOSE + FORM
                                        + "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\nzz\r\n")
                                .getBytes(ISO_8859_1),
                        "400"),
                Arguments.of(
                        Door.ADMIN,
                        "a form in no charset",
                        bytes(
                                "POST /tasks/gc HTTP/1.1\r\n" + CLOSE + FORM.replace("d\r", "d; charset=nope\r"),
                                "a=1".getBytes(UTF_8)),
                        "400|415"),
                Arguments.of(
                        Door.ADMIN,
                        "a large task",
                        bytes("POST /tasks/gc HTTP/1.1\r\n" + CLOSE, new byte[2 << 20]),
                        "413"),
                Arguments.of(Door.ROUTE, "nobody there", line("GET /orders", ""), "502|503"),
                Arguments.of(
                        Door.ROUTE, "nobody there for it", line("POST /orders", "Authorization: ann\r\n"), "502|503"),
                Arguments.of(
                        Door.ROUTE,
                        "no key",
                        line("POST /orders", "Authorization: ann\r\nIdempotency-Key: \r\n"),
                        "400"),
                Arguments.of(Door.ROUTE, "a key of nobody", line("POST /orders", "Idempotency-Key: a\r\n"), "401"),
                Arguments.of(
                        Door.ROUTE,
                        "a large body",
                        ("POST /orders HTTP/1.1\r\n" + CLOSE
                                        + "Authorization: ann\r\nIdempotency-Key: b\r\nContent-Length: " + BOMB
                                        + "\r\n\r\n")
                                .getBytes(ISO_8859_1),
                        "413"),
                Arguments.of(
                        Door.ROUTE,
                        "another protocol",
                        "GET /orders HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n"
                                .getBytes(ISO_8859_1),
                        "501"));
    }

    private static Arguments own(String name, byte[] request, String statuses) {
        return Arguments.of(Door.APPLICATION, name, request, statuses);
    }

    private static byte[] login(String headers, byte[] body) {
        return bytes(LOGIN + headers, body);
    }

    private static byte[] line(String line, String headers) {
        return bytes(line + " HTTP/1.1\r\n" + CLOSE + headers, new byte[0]);
    }

    private static byte[] bytes(String head, byte[] body) {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes((head + "Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private static byte[] gzip(byte[] body) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(coded)) {
            gzip.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return coded.toByteArray();
    }

    private static byte[] deflate() {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflate = new DeflaterOutputStream(coded)) {
            deflate.write(CREDENTIALS);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return coded.toByteArray();
    }

    private static byte[] half(byte[] coded) {
        return Arrays.copyOf(coded, coded.length / 2);
    }

    private static byte[] wrongEnd() {
        byte[] coded = gzip(CREDENTIALS);
        coded[coded.length - 6] ^= 1;
        return coded;
    }

    private static byte[] bomb() {
        byte[] spaces = new byte[BOMB];
        Arrays.fill(spaces, (byte) ' ');
        return gzip(spaces);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PROXY TCP4 192.0.2.1 127.0.0.1 4711 80\r\nGET / HTTP/1.1\r\n" + CLOSE + "\r\n",
                "PROXY UNKNOWN\r\nGET / HTTP/1.1\r\n" + CLOSE + "\r\n",
                "\r\n\r\n\0\r\nQUIT\n!\u0011\0\fGET / HTTP/1.1\r\n" + CLOSE + "\r\n",
            })
    void whatAProxySendsInAnotherProtocolIsRefusedWithWhatToChange(String bytes) throws Exception {
        assertThat(answer(Door.APPLICATION, bytes.getBytes(ISO_8859_1)))
                .contains("the PROXY protocol: turn that off there, or set useProxyProtocol");
    }

    @Test
    void nobodyIsBlamedForWhatIsNotThere() throws Exception {
        assertThat(answer(
                        Door.APPLICATION,
                        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003".getBytes(ISO_8859_1)))
                .contains("begins as TLS does")
                .doesNotContain("PROXY");
        for (String line : List.of(
                "GET /" + "a".repeat(20_000) + " HTTP/1.1",
                "GET / HTTP/9.9",
                "FOO BAR BAZ",
                "GET /%zz HTTP/1.1",
                "GE\u0001T / HTTP/1.1",
                "X".repeat(9_000) + " / HTTP/1.1")) {
            assertThat(answer(Door.APPLICATION, (line + "\r\n" + CLOSE + "\r\n").getBytes(ISO_8859_1)))
                    .as(line)
                    .doesNotContain("TLS", "PROXY");
        }
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("whatNoServerTakes")
    void whatIsNoRequestIsAProblem(Door door, String unusedName, String request, String statuses) throws Exception {
        assertIsProblem(answer(door, request.getBytes(ISO_8859_1)), statuses);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("whatTheApplicationRefuses")
    void whatIsRefusedIsAProblem(Door door, String unusedName, Object request, String statuses) throws Exception {
        byte[] sent = request instanceof byte[] bytes ? bytes : ((String) request).getBytes(ISO_8859_1);
        assertIsProblem(answer(door, sent), statuses);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Accept: application/json;charset=nope",
                "Accept: */*;charset=nope",
                "Accept-Charset: nope",
                "Accept-Language: <;q=zz",
                "Accept-Encoding: gzip;q=zz",
                "If-None-Match: <",
                "If-Modified-Since: <",
                "Range: bytes=-",
                "Cookie: =;;"
            })
    void aHeaderThatSaysNothingIsNoFailureOfOurs(String header) throws Exception {
        for (String line : List.of("GET /openapi.json", "GET /problems/not-found")) {
            String answer = answer(Door.APPLICATION, line(line, header + "\r\n"));

            assertThat(answer).containsPattern("^HTTP/1\\.1 (200|400|406) ");
        }
        assertThat(answer(Door.ADMIN, line("GET /metrics", header + "\r\n")))
                .containsPattern("^HTTP/1\\.1 (200|400|406) ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n64\r\n{"})
    void aBodyThatBreaksOffIsAProblem(String rest) throws Exception {
        for (String line : List.of("POST /api/auth/login", "POST /tasks/gc", "POST /orders")) {
            int port = line.contains("tasks") ? service.adminPort() : service.port();
            String head =
                    line + " HTTP/1.1\r\n" + CLOSE + JSON_TYPE + "Authorization: ann\r\nIdempotency-Key: half\r\n";
            try (RawConnection connection = new RawConnection(port)) {
                assertIsProblem(connection.send(head + rest).end().untilItsEnd(), "400");
            }
        }
    }

    static Stream<Arguments> heads() {
        return Stream.of(
                Arguments.of(Door.APPLICATION, "HEAD /nothing", "404"),
                Arguments.of(Door.APPLICATION, "HEAD /api/v1/shares", "401"),
                Arguments.of(Door.APPLICATION, "HEAD /api/auth/login", "405"),
                Arguments.of(Door.APPLICATION, "HEAD /nothing/a%2fb", "400"),
                Arguments.of(Door.ADMIN, "HEAD /nothing", "404"),
                Arguments.of(Door.ADMIN, "HEAD /tasks/gc", "405"),
                Arguments.of(Door.ROUTE, "HEAD /orders", "502|503"),
                Arguments.of(Door.ROUTE, "HEAD /orders/%2e%2e/x", "400"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("heads")
    void aHeadHasTheSameHeadersAndNoBody(Door door, String line, String status) throws Exception {
        String answer = answer(door, line(line, ""));

        assertThat(answer).containsPattern("^HTTP/1\\.1 (" + status + ") ").endsWith("\r\n\r\n");
        assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(answer.split("\r\n\r\n", -1)).hasSize(2);
    }

    private String answer(Door door, byte[] request) throws IOException {
        try (RawConnection connection = new RawConnection(door == Door.ADMIN ? service.adminPort() : service.port())) {
            return answer(connection, request);
        }
    }

    private static String answer(RawConnection connection, byte[] request) throws IOException {
        try {
            connection.send(request);
        } catch (SocketException refusedBeforeItsEnd) {
            // What has been answered is there all the same.
        }
        return connection.untilItsEnd();
    }

    private void assertIsProblem(String answer, String statuses) throws Exception {
        assertThat(answer).containsPattern("^HTTP/1\\.1 (" + statuses + ")[ \r]");
        int end = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, end + 2);
        String body = answer.substring(end + 4).replace("<reset>", "");
        assertThat(head)
                .containsIgnoringCase("\r\nContent-Type: application/problem+json")
                .doesNotContainIgnoringCase("\r\nServer:")
                .doesNotContainIgnoringCase("\r\nX-Powered-By:");
        assertThat(body).doesNotContain("<", "Exception", "\tat ", "org.", "io.", "com.", "dev.idem", "Jetty", "jetty");
        JsonNode problem = JSON.readTree(body);
        assertThat(problem.get("type").asText()).startsWith("/problems/");
        assertThat(problem.get("title").asText()).isNotBlank();
        assertThat(head).startsWith("HTTP/1.1 " + problem.get("status").asInt());
        assertThat(problem.get("detail").asText()).endsWith(".").doesNotContain(": null");
        assertThat(problem.get("retryable").isBoolean()).isTrue();
        if (problem.get("retryable").asBoolean()) {
            assertThat(head).containsIgnoringCase("\r\nRetry-After: ");
        }
        if (problem.get("status").asInt() == 405) {
            assertThat(head).containsPattern("(?i)\r\nAllow: [A-Z, ]+\r\n");
        }
        String instance = problem.get("instance").asText();
        assertThat(instance).matches("urn:uuid:[0-9a-f-]{36}");
        assertThat(List.copyOf(lines.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .anyMatch(line -> line.contains(instance));
    }
}
