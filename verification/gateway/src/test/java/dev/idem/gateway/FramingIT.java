package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One request in is one request out, with its body byte for byte, whatever its method is and however it gets there. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class FramingIT {
    /** A body that is a request of its own to a server that does not recognise it as a body. */
    private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: shop\r\n\r\n";

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "QUERY", "Frobnicate");

    /** What an upstream was sent. */
    private record Came(String method, String target, String codings, String body) {
        static Came of(String request) {
            int end = request.indexOf("\r\n\r\n");
            String[] line = request.substring(0, request.indexOf("\r\n")).split(" ", -1);
            String codings = request.substring(0, end).contains("Transfer-Encoding") ? "chunked" : "";
            return new Came(line[0], line[1], codings, request.substring(end + 4));
        }
    }

    private record Body(String headers, String sent, String meant) {
        static final List<Body> ALL = List.of(
                new Body("", "", ""),
                new Body("Content-Length: " + HIDDEN.length() + "\r\n", HIDDEN, HIDDEN),
                new Body(
                        "Transfer-Encoding: chunked\r\n",
                        chunk(HIDDEN.substring(0, 9)) + chunk(HIDDEN.substring(9)) + "0\r\n\r\n",
                        HIDDEN),
                new Body("Transfer-Encoding: chunked\r\n", "0\r\n\r\n", ""));

        private static String chunk(String part) {
            return Integer.toHexString(part.length()) + "\r\n" + part + "\r\n";
        }
    }

    private final List<Came> came = new CopyOnWriteArrayList<>();
    private final RawUpstream http1;
    private final Upstream http2;
    private final GatewayService usual;
    private final GatewayService notRolledOut;
    private final GatewayService inShadow;

    FramingIT(
            TestRedis usualRedis,
            TestDatabase usualDatabase,
            TestRedis otherRedis,
            TestDatabase otherDatabase,
            TestRedis shadowRedis,
            TestDatabase shadowDatabase)
            throws Exception {
        http1 = new RawUpstream((request, connection) -> {
            came.add(Came.of(request));
            connection.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        });
        http2 = new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)});
        http2.will((asked, response, callback) -> {
            came.add(new Came(asked.method(), asked.target(), asked.header("Transfer-Encoding"), asked.body()));
            callback.succeeded();
        });
        String routes = """
                - { prefix: /http1, maxConnections: 1, upstream: "%1$s" }
                - { prefix: /http1-open, maxConnections: 1, methods: [], upstream: "%1$s" }
                - { prefix: /http2, protocol: h2c, upstream: "%2$s" }
                - { prefix: /http2-open, protocol: h2c, methods: [], upstream: "%2$s" }
                """.formatted(http1.url(), http2.url());
        usual = new GatewayService(usualRedis, usualDatabase, routes);
        notRolledOut = new GatewayService(
                otherRedis, otherDatabase, routes, ConfigOverride.config("idempotency.rollout.percent", "0"));
        inShadow = new GatewayService(
                shadowRedis, shadowDatabase, routes, ConfigOverride.config("idempotency.rollout.shadow", "true"));
    }

    @AfterAll
    void close() throws Exception {
        usual.close();
        notRolledOut.close();
        inShadow.close();
        http1.close();
        http2.close();
    }

    static Stream<Arguments> ways() {
        return Stream.of("protected", "without a key", "of no method", "not rolled out", "in shadow")
                .flatMap(way -> Stream.of("http1", "http2").map(protocol -> Arguments.of(way, protocol)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void oneRequestInIsOneRequestOut(String way, String protocol) throws Exception {
        int port =
                switch (way) {
                    case "not rolled out" -> notRolledOut.port();
                    case "in shadow" -> inShadow.port();
                    default -> usual.port();
                };
        String path = '/' + protocol + (way.equals("of no method") ? "-open" : "") + "/thing";
        for (String method : METHODS) {
            for (Body body : Body.ALL) {
                for (String type : List.of("", "Content-Type: text/plain\r\n")) {
                    String key = way.equals("without a key")
                            ? ""
                            : "Authorization: ann\r\nIdempotency-Key: " + UUID.randomUUID() + "\r\n";
                    String head = method + ' ' + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + key + type
                            + body.headers() + "\r\n";

                    assertThat(answer(port, head + body.sent())).as(head).startsWith("HTTP/1.1 200 ");
                    // It comes on the same connection, after whatever is left there.
                    assertThat(answer(port, "GET /" + protocol + "/next HTTP/1.0\r\n\r\n"))
                            .as(head)
                            .contains(" 200 ");
                    assertThat(came).as(head).hasSize(2);
                    assertThat(came.get(0).method()).isEqualTo(method);
                    assertThat(came.get(0).target()).isEqualTo(path);
                    assertThat(came.get(0).body()).as(head).isEqualTo(body.meant());
                    assertThat(came.get(1)).as(head).isEqualTo(new Came("GET", "/" + protocol + "/next", "", ""));
                    if (protocol.equals("http2")) {
                        assertThat(came.get(0).codings()).isEmpty();
                    }
                    came.clear();
                }
            }
        }
    }

    private static String answer(int port, String request) throws Exception {
        try (RawConnection connection = new RawConnection(port)) {
            return connection.send(request).untilItsEnd();
        }
    }
}
