package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no HTTP, or means two things at once, is refused, and nothing of it reaches the upstream. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileClientIT {
    private static final String POST =
            "POST /orders HTTP/1.1\r\nHost: shop\r\nAuthorization: ann\r\nConnection: close\r\n";
    private static final String GET = POST.replace("POST", "GET");
    private static final String END = "\r\n";
    private static final long A_GIBIBYTE = 1L << 30;
    private static final int A_BLOCK = 1 << 16;

    private final Upstream upstream;
    private final GatewayService gateway;

    HostileClientIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        gateway = new GatewayService(redis, database, "- { prefix: /orders, upstream: '" + upstream.url() + "' }");
    }

    @AfterEach
    void servesAllTheSame() throws Exception {
        int before = upstream.effects();
        assertThat(Caller.of(gateway.port()).post("good-" + before, "{}").statusCode())
                .isEqualTo(201);
        assertThat(upstream.effects()).isEqualTo(before + 1);
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                Arguments.of(
                        "both lengths",
                        POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400"),
                Arguments.of("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}", "400"),
                Arguments.of("two lengths in one line", POST + "Content-Length: 2, 3\r\n\r\n{}", "400"),
                Arguments.of("a negative length", POST + "Content-Length: -1\r\n\r\n{}", "400"),
                Arguments.of("a length with a sign", POST + "Content-Length: +2\r\n\r\n{}", "400"),
                Arguments.of("a length beyond numbers", POST + "Content-Length: 99999999999999999999\r\n\r\n{}", "400"),
                Arguments.of("chunked not last", POST + "Transfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n", "400|501"),
                Arguments.of("a made up coding", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", "400|501"),
                Arguments.of(
                        "chunked twice",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400"),
                Arguments.of("a chunk of no size", POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", "400"),
                Arguments.of(
                        "a chunk beyond numbers",
                        POST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
                        "400"),
                Arguments.of(
                        "more than a chunk's size",
                        POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello!!\r\n0\r\n\r\n",
                        "400"),
                Arguments.of(
                        "a chunk that ends nowhere",
                        POST + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello5\r\nworld\r\n0\r\n\r\n",
                        "400"),
                Arguments.of(
                        "a chunk's size in half a line",
                        POST + "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n",
                        "400"),
                Arguments.of(
                        "another coding before", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501"),
                Arguments.of(
                        "another coding without a body",
                        GET + "Transfer-Encoding: GZIP , Chunked\r\n\r\n0\r\n\r\n",
                        "501"),
                Arguments.of(
                        "another coding in a line of its own",
                        POST + "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "501"),
                Arguments.of(
                        "another coding for the application",
                        "POST /api/auth/login HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: deflate, chunked\r\n\r\n0\r\n\r\n",
                        "501"),
                Arguments.of("another coding alone", POST + "Transfer-Encoding: gzip\r\n\r\n", "400|501"),
                Arguments.of("a coding in quotes", POST + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n", "400|501"),
                Arguments.of(
                        "chunks of an old version",
                        "POST /orders HTTP/1.0\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                        "400"),
                Arguments.of("a method in small letters", absolute("post /orders"), "400"),
                Arguments.of("a method in both letters", absolute("Delete /orders"), "400"),
                Arguments.of("a hidden trace", absolute("trace /orders"), "400"),
                Arguments.of("a hidden tunnel", absolute("cONNECT 127.0.0.1:22"), "400"),
                Arguments.of("the application's in small letters", absolute("get /openapi.json"), "400"),
                Arguments.of("a raw character in the path", absolute("POST /orders/\u00e4\u00b8\u00ad"), "400"),
                Arguments.of("a raw byte in the path", absolute("POST /orders/\u00ff"), "400"),
                Arguments.of("a raw character in the query", absolute("POST /orders?q=\u00c3\u00a4"), "400"),
                Arguments.of(
                        "a raw character in an absolute target",
                        absolute("POST http://shop/orders/\u00c3\u00a4"),
                        "400"),
                Arguments.of("a fragment", absolute("POST /orders#/paid"), "400"),
                Arguments.of("a space before the colon", POST + "X-Thing : 1\r\n\r\n", "400"),
                Arguments.of("a folded line", POST + "X-Thing: 1\r\n 2\r\n\r\n", "400"),
                Arguments.of("a zero byte", POST + "X-Thing: a\0b\r\n\r\n", "400"),
                Arguments.of("no host", "POST /orders HTTP/1.1\r\nConnection: close\r\n\r\n", "400"),
                Arguments.of("two hosts", POST + "Host: other\r\n\r\n", "400"),
                Arguments.of(
                        "a host of several", "POST /orders HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n", "400"),
                Arguments.of("another server's address", absolute("POST http://127.0.0.1:1/orders"), "400"),
                Arguments.of(
                        "a tunnel",
                        absolute("CONNECT 127.0.0.1:22").replace("Host: shop", "Host: 127.0.0.1:22"),
                        "405"),
                Arguments.of("a trace", absolute("TRACE /orders"), "405"),
                Arguments.of("a socket", POST + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", "501"),
                Arguments.of("dot segments", absolute("POST /orders/../../etc/passwd"), "400"),
                Arguments.of("hidden dot segments", absolute("POST /orders/%2e%2e/x"), "400"),
                Arguments.of("a hidden prefix", absolute("POST /%6frders"), "400"),
                Arguments.of("a broken escape", absolute("POST /orders/%zz"), "400"),
                Arguments.of("a path of control characters", absolute("POST /orders/a\tb"), "400"),
                Arguments.of("another version", "POST /orders HTTP/9.9\r\nHost: shop\r\n\r\n", "400|505"),
                Arguments.of("no HTTP", "\u0016\u0003\u0001hello\r\n\r\n", "400"),
                Arguments.of("an unknown expectation", POST + "Expect: miracles\r\nContent-Length: 2\r\n\r\n{}", "417"),
                Arguments.of("a long path", absolute("POST /orders/" + "a".repeat(70_000)), "414|431"),
                Arguments.of("a long header", POST + "X-Thing: " + "a".repeat(70_000) + "\r\n\r\n", "431"),
                Arguments.of("a bomb of headers", POST + "X-Thing: 1\r\n".repeat(6_000) + END, "431"));
    }

    private static String absolute(String target) {
        return target
                + " HTTP/1.1\r\nHost: shop\r\nAuthorization: ann\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("requests")
    void isRefusedAndItsConnectionEnds(String unusedName, String request, String statuses) throws Exception {
        int before = upstream.asked().size();
        try (RawConnection connection = new RawConnection(gateway.port())) {
            String answer = connection.send(request).untilItsEnd();

            assertThat(answer).containsPattern("^HTTP/1\\.1 (" + statuses + ") ");
            assertThat(answer).doesNotContain("Exception", "dev.idem");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "DELETE", "Frobnicate"})
    void aBodyOfBrokenChunksIsRefusedWhereItPassesToo(String method) throws Exception {
        int before = upstream.asked().size();
        String head = method + " /orders HTTP/1.1\r\nHost: shop\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (String chunks : new String[] {"5\r\nhello!!\r\n0\r\n\r\n", "zz\r\n\r\n", "5\nhello\r\n0\r\n\r\n"}) {
            try (RawConnection connection = new RawConnection(gateway.port())) {
                String answer = connection
                        .send(head + chunks + absolute("POST /orders/next"))
                        .untilItsEnd();

                assertThat(answer).startsWith("HTTP/1.1 400 ").contains("/problems/invalid-request");
                assertThat(answer).doesNotContain("Exception", "dev.idem", "127.0.0.1");
                assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
            }
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void whatIsMeantInTwoWaysEndsItsConnectionAndIsExplained() throws Exception {
        int before = upstream.asked().size();
        String keptOpen = "HTTP/1.1\r\nHost: shop\r\n";
        for (String request : new String[] {
            "post /orders " + keptOpen + "Content-Length: 0\r\n\r\n",
            "POST /orders " + keptOpen + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"
        }) {
            try (RawConnection connection = new RawConnection(gateway.port())) {
                String answer =
                        connection.send(request + absolute("POST /orders/next")).untilItsEnd();

                assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
                assertThat(answer).contains("application/problem+json", "\"detail\"", "\"retryable\":false");
            }
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void aGibibyteIsRefusedBeforeItHasCome() throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port())) {
            connection.send(POST + "Idempotency-Key: big\r\nContent-Length: " + A_GIBIBYTE + "\r\n\r\n");

            assertThat(connection.untilItsEnd()).startsWith("HTTP/1.1 413 ").contains("request-too-large");
        }
        assertThat(upstream.asked())
                .noneMatch(asked -> asked.header("Idempotency-Key").equals("big"));
    }

    @Test
    void whoAsksBeforeSendingTooMuchIsToldNotTo() throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port())) {
            String answer = connection
                    .send(POST + "Idempotency-Key: asked\r\nExpect: 100-continue\r\nContent-Length: " + A_GIBIBYTE
                            + "\r\n\r\n")
                    .untilItsEnd();

            assertThat(answer).startsWith("HTTP/1.1 413 ").doesNotContain("100 Continue");
        }
    }

    @Test
    void aBodyWithoutALengthIsRefusedWhenItIsTooLong() throws Exception {
        String chunk = Integer.toHexString(A_BLOCK) + "\r\n" + "a".repeat(A_BLOCK) + "\r\n";
        try (RawConnection connection = new RawConnection(gateway.port())) {
            connection.send(POST + "Idempotency-Key: endless\r\nTransfer-Encoding: chunked\r\n\r\n");

            assertThat(sentUntilRefused(connection, chunk)).isLessThan(A_GIBIBYTE);
        }
        assertThat(upstream.asked())
                .noneMatch(asked -> asked.header("Idempotency-Key").equals("endless"));
    }

    private static long sentUntilRefused(RawConnection connection, String chunk) {
        long sent = 0;
        try {
            while (sent < A_GIBIBYTE) {
                connection.send(chunk);
                sent += A_BLOCK;
            }
        } catch (SocketException closed) {
            return sent;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return sent;
    }

    @Test
    void whatBreaksOffInItsBodyNeverTakesEffectAndLeavesTheKeyFree() throws Exception {
        int before = upstream.effects();
        try (RawConnection connection = new RawConnection(gateway.port())) {
            connection
                    .send(POST + "Idempotency-Key: half\r\nContent-Length: 10\r\n\r\n{")
                    .end();
            assertThat(connection.untilItsEnd()).doesNotContain(" 201 ");
        }
        assertThat(upstream.effects()).isEqualTo(before);

        assertThat(Caller.of(gateway.port()).post("half", "{}").statusCode()).isEqualTo(201);
    }

    @Test
    void whatIsHiddenBehindARequestIsARequestOfItsOwn() throws Exception {
        int before = upstream.asked().size();
        try (RawConnection connection = new RawConnection(gateway.port())) {
            String first = POST.replace("Connection: close\r\n", "") + "Content-Length: 0\r\n\r\n";
            String answers =
                    connection.send(first + absolute("POST /orders/second")).untilItsEnd();

            assertThat(answers.split("HTTP/1.1 201 ", -1)).hasSize(3);
        }
        assertThat(upstream.asked().subList(before, before + 2))
                .extracting(Upstream.Asked::target)
                .containsExactly("/orders", "/orders/second");
    }
}
