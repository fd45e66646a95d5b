package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever an upstream says, or does not say, the client is told something that it can understand, and soon. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostileUpstreamIT {
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
    private static final String GOOD = OK + "Connection: close\r\nContent-Length: 4\r\n\r\ngood";
    private static final int OFTEN = 200;
    private static final Duration SOON = Duration.ofSeconds(10);

    private final RawUpstream upstream;
    private final GatewayService gateway;
    private final Caller ann;

    HostileUpstreamIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new RawUpstream(RawUpstream.saying(GOOD));
        gateway = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %s
                  timeout: 1s
                  policy: { fingerprint: { enabled: false } }
                """.formatted(upstream.url()));
        ann = Caller.of(gateway.port());
    }

    /** So that the breaker, which looks at the last twenty, does not take one failure for the end. */
    @BeforeEach
    void allIsWell() throws Exception {
        upstream.will(RawUpstream.saying(GOOD));
        for (int i = 0; i < 20; i++) {
            assertThat(ann.get("/orders").body()).isEqualTo("good");
        }
    }

    /** Says this and leaves the connection open until the other side ends it. */
    private static RawUpstream.Behaviour staying(String bytes) {
        return (request, connection) -> {
            connection.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            while (connection.getInputStream().read() >= 0) {
                // Nothing that it is told matters to it.
            }
            connection.close();
        };
    }

    @AfterEach
    void nothingIsLeftUnderWay() {
        await().atMost(SOON).until(() -> metric("idempotency_in_flight ").endsWith(" 0.0"));
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    static Stream<Arguments> answers() {
        return Stream.of(
                Arguments.of("nothing", RawUpstream.saying(""), 502),
                Arguments.of("no HTTP", RawUpstream.saying("hello\r\n\r\n"), 502),
                Arguments.of("another protocol", RawUpstream.saying("SSH-2.0-OpenSSH_9.2\r\n"), 502),
                Arguments.of("no number for a status", RawUpstream.saying("HTTP/1.1 abc OK\r\n\r\n"), 502),
                Arguments.of(
                        "a status that is none",
                        RawUpstream.saying("HTTP/1.1 42 What\r\nContent-Length: 0\r\n\r\n"),
                        502),
                Arguments.of(
                        "two lengths",
                        RawUpstream.saying(OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
                        502),
                Arguments.of("a negative length", RawUpstream.saying(OK + "Content-Length: -2\r\n\r\n{}"), 502),
                Arguments.of("less than it said", RawUpstream.saying(OK + "Content-Length: 10\r\n\r\n{}"), 502),
                Arguments.of(
                        "a chunk of no size", RawUpstream.saying(OK + "Transfer-Encoding: chunked\r\n\r\nzz\r\n"), 502),
                Arguments.of(
                        "chunks without an end",
                        RawUpstream.saying(OK + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
                        502),
                Arguments.of(
                        "a coding that nobody asked for",
                        RawUpstream.saying(OK + "Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n"),
                        502),
                Arguments.of(
                        "a coding without chunks", RawUpstream.saying(OK + "Transfer-Encoding: gzip\r\n\r\n{}"), 502),
                Arguments.of("half of its headers", RawUpstream.saying("HTTP/1.1 200 OK\r\nContent-Ty"), 502),
                Arguments.of(
                        "a bomb of headers", RawUpstream.saying(OK + "X-Thing: 1\r\n".repeat(100_000) + "\r\n"), 502),
                Arguments.of("silence", staying(""), 504),
                Arguments.of("headers and silence", staying(OK + "Content-Length: 2\r\n\r\n"), 504),
                Arguments.of("chunks and silence", staying(OK + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"), 504));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void isAClearFailure(String unusedName, RawUpstream.Behaviour answer, int status) throws Exception {
        upstream.will(answer);

        HttpResponse<String> failed = ann.post(UUID.randomUUID().toString(), "{}");

        assertThat(failed.statusCode()).isEqualTo(status);
        assertThat(failed.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(failed.body()).contains("\"instance\":\"urn:uuid:").doesNotContain("Exception");
    }

    @Test
    void whatComesAfterAnAnswersEndBelongsToNobody() throws Exception {
        upstream.will(
                RawUpstream.saying(OK + "Content-Length: 2\r\n\r\n{}HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil"));
        assertThat(ann.post(UUID.randomUUID().toString(), "{}").body()).isEqualTo("{}");

        upstream.will(RawUpstream.saying(GOOD));
        assertThat(ann.post(UUID.randomUUID().toString(), "{}").body()).isEqualTo("good");
    }

    /** Each answer looks as if its connection were kept, and then it ends. */
    @Test
    void aConnectionThatEndsAsItIsUsedCostsAReaderNothing() throws Exception {
        upstream.will(RawUpstream.saying(OK + "Content-Length: 4\r\n\r\ngood"));

        for (int i = 0; i < OFTEN; i++) {
            assertThat(ann.get("/orders").body()).isEqualTo("good");
        }
    }

    @Test
    void aStreamThatBreaksOffDoesNotLookWhole() throws Exception {
        upstream.will(RawUpstream.saying(OK + "Content-Length: 100000\r\n\r\n" + "a".repeat(70_000)));
        try (RawConnection client = new RawConnection(gateway.port())) {
            String answer = client.send("GET /orders HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
                    .untilItsEnd();

            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Length: 100000");
            assertThat(answer.length()).isLessThan(100_000);
        }
    }

    @Test
    void anAnswerTooLargeToKeepThatBreaksOffIsNotAskedForAgain() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        upstream.will((request, connection) -> {
            asked.incrementAndGet();
            RawUpstream.saying(OK + "Content-Length: 4000000\r\n\r\n" + "a".repeat(2_000_000))
                    .answer(request, connection);
        });
        String key = UUID.randomUUID().toString();
        try (RawConnection client = new RawConnection(gateway.port())) {
            String answer = client.send("POST /orders HTTP/1.1\r\nHost: shop\r\nAuthorization: Bearer ann\r\n"
                            + "Idempotency-Key: " + key + "\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}")
                    .untilItsEnd();
            assertThat(answer).startsWith("HTTP/1.1 200 ").contains("Content-Length: 4000000");
            assertThat(answer.length()).isLessThan(4_000_000);
        }
        upstream.will(RawUpstream.saying(GOOD));
        HttpResponse<String> repeat = ann.send(ann.to("/orders")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{}"))
                .build());

        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("/problems/response-not-stored");
        assertThat(asked).hasValue(1);
    }

    private String metric(String name) throws Exception {
        return Caller.of(gateway.adminPort())
                .get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElseThrow();
    }
}
