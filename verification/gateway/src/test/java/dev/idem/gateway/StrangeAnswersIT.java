package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are HTTP and still none that can go on: what the client is told, and what becomes of the key, once. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class StrangeAnswersIT {
    private static final String OK = "HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 4\r\n\r\ngood";
    private static final String CLOSE = "Connection: close\r\n";
    private static final String LARGER_THAN_JETTYS = "X-Large: " + "a".repeat(17_000) + "\r\n";
    private static final String TOO_LARGE = ("X-Large: " + "a".repeat(4_000) + "\r\n").repeat(10);

    private final RawUpstream http1;
    private final RawHttp2Upstream http2;
    private final GatewayService gateway;
    private final GatewayService inShadow;

    StrangeAnswersIT(TestRedis redis, TestDatabase database, TestRedis shadowRedis, TestDatabase shadowDatabase)
            throws Exception {
        http1 = new RawUpstream(RawUpstream.saying(OK));
        http2 = new RawHttp2Upstream(StrangeAnswersIT::good);
        String routes = """
                - { prefix: /one, upstream: "%1$s", timeout: 1s, policy: { wait: 0s, onUnknown: hold, fingerprint: { enabled: false } } }
                - { prefix: /single, upstream: "%1$s", timeout: 300ms, maxConnections: 1, maxQueued: 0, policy: { wait: 0s, fingerprint: { enabled: false } } }
                - { prefix: /two, upstream: "%2$s", protocol: h2c, timeout: 1s, policy: { wait: 0s, onUnknown: hold, fingerprint: { enabled: false } } }
                - { prefix: /small, upstream: "%2$s", protocol: h2c, connectTimeout: 3s, policy: { wait: 0s, onUnknown: hold, maxStoredBody: 1KiB } }
                - { prefix: /events, upstream: "%1$s", timeout: 5s, policy: { wait: 0s, maxStoredBody: 0B } }
                - { prefix: /probed, upstream: "%1$s", connectTimeout: 4s, timeout: 1s, replayAuth: probe, replayAuthPath: /me, policy: { wait: 0s, fingerprint: { enabled: false } } }
                """.formatted(http1.url(), http2.url());
        gateway = new GatewayService(redis, database, routes);
        inShadow = new GatewayService(
                shadowRedis, shadowDatabase, routes, ConfigOverride.config("idempotency.rollout.shadow", "true"));
    }

    private static void good(org.eclipse.jetty.http2.api.Stream stream) {
        var unused =
                RawHttp2Upstream.head(stream, 201, false).thenCompose(begun -> RawHttp2Upstream.body(begun, "good"));
    }

    /** So that the breaker, which looks at the last twenty, does not take one failure for the end. */
    @BeforeEach
    void allIsWell() throws Exception {
        http1.will(RawUpstream.saying(OK));
        http2.will(StrangeAnswersIT::good);
        for (int i = 0; i < 8; i++) {
            assertThat(get(gateway, "/one")).startsWith("HTTP/1.1 201 ");
            assertThat(get(gateway, "/two")).startsWith("HTTP/1.1 201 ");
        }
        for (int i = 0; i < 3; i++) {
            assertThat(get(inShadow, "/one")).startsWith("HTTP/1.1 201 ");
        }
    }

    @AfterEach
    void nothingIsLeftUnderWay() {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(Caller.of(gateway.adminPort())
                        .get("/prometheus")
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("idempotency_in_flight ")))
                .containsExactly("idempotency_in_flight 0.0"));
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        inShadow.close();
        http1.close();
        http2.close();
    }

    private static String send(GatewayService to, String request) throws Exception {
        try (RawConnection connection = new RawConnection(to.port())) {
            return connection.send(request).untilItsEnd();
        }
    }

    private static String get(GatewayService from, String path) throws Exception {
        return send(from, "GET " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");
    }

    private static String post(GatewayService to, String path, String key) throws Exception {
        return send(
                to,
                "POST " + path + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\nAuthorization: ann\r\n"
                        + "Idempotency-Key: " + key + "\r\nContent-Length: 2\r\n\r\n{}");
    }

    private String post(String path, String key) throws Exception {
        return post(gateway, path, key);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void assertProblem(String answer, int status, String type) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("Content-Type: application/problem+json", "/problems/" + type, "\"instance\":\"urn:uuid:")
                .doesNotContainIgnoringCase("<html", "127.0.0.1", "Exception", "HttpConnection", "X-Large");
    }

    @Test
    void anAnswerOfWhichNothingIsStoredIsStreamed() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        http1.will((request, connection) -> {
            OutputStream out = connection.getOutputStream();
            String head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
            out.write(head.getBytes(ISO_8859_1));
            out.write("7\r\ndata: 1\r\n".getBytes(ISO_8859_1));
            out.flush();
            awaitQuietly(read);
            out.write("7\r\ndata: 2\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            connection.close();
        });
        Caller ann = Caller.of(gateway.port());
        HttpRequest request =
                ann.order(key(), "{}").uri(ann.to("/events").build().uri()).build();

        HttpResponse<InputStream> answer = ann.client().send(request, BodyHandlers.ofInputStream());
        String first = new String(answer.body().readNBytes(7), ISO_8859_1);
        read.countDown();
        String rest = new String(answer.body().readAllBytes(), ISO_8859_1);

        assertThat(first + rest).isEqualTo("data: 1data: 2");
        HttpResponse<String> repeat = ann.send(request);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("/problems/response-not-stored");
        http1.will(RawUpstream.saying("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        HttpRequest empty =
                ann.order(key(), "{}").uri(ann.to("/events").build().uri()).build();
        assertThat(ann.send(empty).statusCode()).isEqualTo(204);
        assertThat(ann.send(empty).headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void theHeadOfAStreamThatBeginsWithSilenceIsSentAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        http1.will((request, connection) -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX-Early: yes\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            awaitQuietly(seen);
            out.write("7\r\ndata: 1\r\n0\r\n\r\n".getBytes(ISO_8859_1));
            connection.close();
        });
        Caller ann = Caller.of(gateway.port());
        HttpRequest request =
                ann.order(key(), "{}").uri(ann.to("/events").build().uri()).build();

        HttpResponse<InputStream> answer = ann.client().send(request, BodyHandlers.ofInputStream());
        seen.countDown();

        assertThat(answer.headers().firstValue("X-Early")).contains("yes");
        assertThat(new String(answer.body().readAllBytes(), ISO_8859_1)).isEqualTo("data: 1");
        assertThat(ann.send(request).body()).contains("/problems/response-not-stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "Content-Length: 0\r\n\r\n"})
    void anAnswerThatEndsWithItsHeadIsStoredWhereNoBodyIs(String rest) throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 201 Created\r\nConnection: close\r\n" + rest));
        Caller ann = Caller.of(gateway.port());
        HttpRequest request =
                ann.order(key(), "{}").uri(ann.to("/events").build().uri()).build();

        assertThat(ann.send(request).statusCode()).isEqualTo(201);
        assertThat(ann.send(request).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void aStreamThatBreaksAfterItsHeadBreaksOff() throws Exception {
        http1.will((request, connection) -> {
            OutputStream out = connection.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
            out.flush();
            connection.close();
        });
        Caller ann = Caller.of(gateway.port());
        HttpRequest request =
                ann.order(key(), "{}").uri(ann.to("/events").build().uri()).build();

        try {
            HttpResponse<String> answer = ann.send(request); // the end came before the head was sent on
            assertThat(answer.statusCode()).isEqualTo(502);
        } catch (IOException brokenOff) {
            assertThat(ann.send(request).body()).contains("/problems/response-not-stored");
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void countEffectsAndSay(String answer) {
        http1.will((request, connection) -> {
            http1.takeEffect();
            RawUpstream.saying(answer).answer(request, connection);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n",
                "HTTP/1.1 104 Upload Resumption Supported\r\nX-Note: 1\r\n\r\n",
                "HTTP/1.1 110 X\r\n\r\nHTTP/1.1 110 X\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n",
                "HTTP/1.1 199 \r\nContent-Length: 3\r\n\r\n",
                "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 104 X\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
            })
    void anInterimAnswerEndsHere(String interim) throws Exception {
        http1.will(RawUpstream.saying(interim + OK));
        String key = key();

        for (String answer :
                new String[] {post("/one", key), get(gateway, "/one"), post(inShadow, "/one", key), post("/one", key)
                }) {
            assertThat(answer).startsWith("HTTP/1.1 201 ").endsWith("good").doesNotContain("X-Note", "HTTP/1.1 1");
        }
        assertThat(post("/one", key)).contains("Idempotent-Replayed: true");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 102, 104, 110, 199})
    void anInterimAnswerOfHttp2EndsHere(int interim) throws Exception {
        http2.will(stream -> {
            var unused = RawHttp2Upstream.head(stream, interim, false, "x-note", "1")
                    .thenCompose(begun -> RawHttp2Upstream.head(begun, interim, false))
                    .thenAccept(StrangeAnswersIT::good);
        });

        for (String answer : new String[] {post("/two", key()), get(gateway, "/two")}) {
            assertThat(answer).startsWith("HTTP/1.1 201 ").endsWith("good").doesNotContain("X-Note");
        }
    }

    @Test
    void aProbeHearsInterimAnswersToo() throws Exception {
        String key = key();
        post("/probed", key);
        http1.will((request, connection) -> RawUpstream.saying(
                        request.startsWith("GET /me ")
                                ? "HTTP/1.1 104 X\r\n\r\nHTTP/1.1 110 X\r\n\r\nHTTP/1.1 200 OK\r\n" + CLOSE + "\r\n"
                                : OK)
                .answer(request, connection));

        assertThat(post("/probed", key)).startsWith("HTTP/1.1 201 ").contains("Idempotent-Replayed: true");
    }

    /** What a probe is told that way is nothing, and nothing is told of the first request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 600 What\r\n\r\n",
                "HTTP/1.1 101 Switching Protocols\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"
            })
    void aProbeBelievesNoBadAnswer(String bad) throws Exception {
        String key = key();
        for (int i = 0; i < 5; i++) {
            post("/probed", i == 0 ? key : key());
        }
        http1.will((request, connection) ->
                RawUpstream.saying(request.startsWith("GET /me ") ? bad : OK).answer(request, connection));

        assertProblem(post("/probed", key), 503, "authorisation-unknown");
    }

    /** It says something all the time, so that no connection is ever idle. */
    @ParameterizedTest
    @ValueSource(strings = {"protected", "passing", "in shadow"})
    void interimAnswersWithoutEndAreATimeOutAndThePlaceComesBack(String way) throws Exception {
        GatewayService asked = way.equals("in shadow") ? inShadow : gateway;
        for (int i = 0; i < 6; i++) {
            assertThat(get(asked, "/single")).startsWith("HTTP/1.1 201 ");
        }
        for (int i = 0; i < 2; i++) {
            http1.will((request, connection) -> {
                try {
                    while (true) {
                        connection.getOutputStream().write("HTTP/1.1 104 X\r\n\r\n".getBytes(ISO_8859_1));
                        Thread.sleep(20);
                    }
                } catch (java.io.IOException | InterruptedException ended) {
                    connection.close();
                }
            });
            assertProblem(
                    way.equals("passing") ? get(asked, "/single") : post(asked, "/single", key()),
                    504,
                    "upstream-timeout");
            http1.will(RawUpstream.saying(OK));
            await().untilAsserted(() -> assertThat(get(asked, "/single")).startsWith("HTTP/1.1 201 "));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 600, 999})
    void aStatusThatIsNoAnswersIsABadAnswer(int status) throws Exception {
        countEffectsAndSay("HTTP/1.1 " + status + " What\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
        int before = http1.effects();
        String key = key();

        assertProblem(post("/one", key), 502, "upstream-failed");
        assertProblem(post("/one", key), 409, "outcome-unknown");
        assertThat(http1.effects()).isEqualTo(before + 1);
        assertProblem(get(gateway, "/one"), 502, "upstream-failed");
        assertThat(http1.effects()).isEqualTo(before + 2);
        assertProblem(post(inShadow, "/one", key()), 502, "upstream-failed");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 600, 999})
    void aStatusOfHttp2ThatIsNoAnswersIsABadAnswer(int status) throws Exception {
        http2.will(stream -> {
            var unused = RawHttp2Upstream.head(stream, status, false)
                    .thenCompose(begun -> RawHttp2Upstream.body(begun, "x"));
        });
        String key = key();

        assertProblem(post("/two", key), 502, "upstream-failed");
        assertProblem(post("/two", key), 409, "outcome-unknown");
        assertProblem(get(gateway, "/two"), 502, "upstream-failed");
    }

    @Test
    void aHeadLargerThanServersWriteByDefaultGoesOn() throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 201 Created\r\n" + LARGER_THAN_JETTYS + CLOSE + "\r\ngood"));
        String key = key();

        for (String answer : new String[] {post("/one", key), get(gateway, "/one"), post("/one", key)}) {
            assertThat(answer).startsWith("HTTP/1.1 201 ").contains(LARGER_THAN_JETTYS);
        }
    }

    @Test
    void aHeadThatIsTooLargeIsNoAnswerAndItsEffectIsKnown() throws Exception {
        countEffectsAndSay("HTTP/1.1 201 Created\r\n" + TOO_LARGE + CLOSE + "\r\ngood");
        int before = http1.effects();
        String key = key();

        assertProblem(post("/one", key), 502, "upstream-failed");
        for (int i = 0; i < 2; i++) {
            assertProblem(post("/one", key), 409, "response-not-stored");
        }
        assertThat(http1.effects()).isEqualTo(before + 1);
        assertProblem(get(gateway, "/one"), 502, "upstream-failed");
        assertProblem(post(inShadow, "/one", key()), 502, "upstream-failed");
    }

    @Test
    void manySmallHeadersOfHttp2AreTooLargeAHeadToo() throws Exception {
        String[] fields = new String[14_000];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "a";
            fields[i + 1] = "";
        }
        http2.will(stream -> {
            var unused = RawHttp2Upstream.head(stream, 201, false, fields)
                    .thenCompose(begun -> RawHttp2Upstream.body(begun, "good"));
        });

        String key = key();

        assertProblem(post("/two", key), 502, "upstream-failed");
        assertProblem(post("/two", key), 409, "response-not-stored");
        assertProblem(get(gateway, "/two"), 502, "upstream-failed");
    }

    @Test
    void aHeadThatIsTooLargeOfAnAnswerThatIsNotKeptLeavesTheKeyFree() throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 503 Busy\r\n" + TOO_LARGE + CLOSE + "\r\n"));
        String key = key();
        assertProblem(post("/one", key), 502, "upstream-failed");
        http1.will(RawUpstream.saying(OK));

        assertThat(post("/one", key)).startsWith("HTTP/1.1 201 ");
    }

    @ParameterizedTest
    @CsvSource({"204, 5", "204, 0", "205, 5", "205, 0"})
    void anAnswerWithoutABodyLosesItsLengthAndStays(int status, int length) throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 " + status + " X\r\nX-Kept: 1\r\n" + CLOSE + "Content-Length: " + length
                + "\r\n\r\n" + (status == 205 ? "hello".substring(0, length) : "")));
        String key = key();

        for (String answer :
                new String[] {post("/one", key), post("/one", key), get(gateway, "/one"), post(inShadow, "/one", key)
                }) {
            assertThat(answer)
                    .startsWith("HTTP/1.1 " + status + ' ')
                    .contains("X-Kept: 1")
                    .doesNotContain("Content-Length: 5")
                    .endsWith("\r\n\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"204, true", "205, true", "204, false", "205, false"})
    void anAnswerOfHttp2WithoutABodyLosesItsLengthAndStays(int status, boolean hasLength) throws Exception {
        http2.will(stream -> {
            var unused = hasLength
                    ? RawHttp2Upstream.head(stream, status, true, "content-length", "5")
                    : RawHttp2Upstream.head(stream, status, true);
        });
        String key = key();

        for (String answer : new String[] {post("/two", key), post("/two", key), get(gateway, "/two")}) {
            assertThat(answer).startsWith("HTTP/1.1 " + status + ' ').doesNotContain("Content-Length: 5");
        }
    }

    @ParameterizedTest
    @CsvSource({"GET, 304, 7", "HEAD, 304, 7", "HEAD, 200, 7", "HEAD, 404, 100000", "HEAD, 204, 7", "HEAD, 205, 7"})
    void anAnswerThatTellsOfABodyItDoesNotHaveGoesOn(String method, int status, int length) throws Exception {
        http1.will(RawUpstream.saying(
                "HTTP/1.1 " + status + " X\r\nETag: \"1\"\r\n" + CLOSE + "Content-Length: " + length + "\r\n\r\n"));

        String answer = send(gateway, method + " /one HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("ETag: \"1\"")
                .endsWith("\r\n\r\n");
        assertThat(answer.contains("Content-Length: " + length)).isEqualTo(status != 204 && status != 205);
    }

    @ParameterizedTest
    @CsvSource({"GET, 304", "HEAD, 304", "HEAD, 200"})
    void anAnswerThatDoesNotTellOfABodyGetsNoLength(String method, int status) throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 " + status + " X\r\nETag: \"1\"\r\n" + CLOSE + "\r\n"));

        assertThat(send(gateway, method + " /one HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + ' ')
                .contains("ETag: \"1\"")
                .doesNotContain("Content-Length");
    }

    @Test
    void aHeaderThatIsTooLargeForAnyReaderIsNoAnswer() throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 201 Created\r\nX-Large: " + "a".repeat(1 << 20) + "\r\n\r\n"));

        assertProblem(post("/one", key()), 502, "upstream-failed");
        assertProblem(get(gateway, "/one"), 502, "upstream-failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n-1\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4;x",
                "Transfer-Encoding: chunked\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffffff\r\n",
                "Content-Length: 10\r\n\r\n"
            })
    void anAnswerThatBreaksBeforeItsBodyIsAProblemAndDecidedOnce(String rest) throws Exception {
        countEffectsAndSay("HTTP/1.1 201 Created\r\nX-Large: 1\r\n" + rest);
        int before = http1.effects();
        String key = key();

        assertProblem(post("/one", key), 502, "upstream-failed");
        assertProblem(post("/one", key), 409, "outcome-unknown");
        assertThat(http1.effects()).isEqualTo(before + 1);
        assertProblem(get(gateway, "/one"), 502, "upstream-failed");
        assertThat(http1.effects()).isEqualTo(before + 2);
        assertProblem(post(inShadow, "/one", key()), 502, "upstream-failed");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\n4\r\nsome\r\nzz\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nsome\r\n",
                "Transfer-Encoding: chunked\r\n\r\n4\r\nsomewhat\r\n",
                "Content-Length: 10\r\n\r\nsome"
            })
    void anAnswerThatBreaksWithinItsBodyShowsNothingOfUs(String rest) throws Exception {
        http1.will(RawUpstream.saying("HTTP/1.1 200 OK\r\n" + rest));
        String key = key();

        assertThat(get(gateway, "/one")).doesNotContain("127.0.0.1", "<html", "Exception", "0\r\n\r\n");
        assertProblem(post("/one", key), 502, "upstream-failed");
        assertProblem(post("/one", key), 409, "outcome-unknown");
    }

    @Test
    void aStreamOfHttp2ThatBreaksIsAProblem() throws Exception {
        http2.will(stream -> {
            var unused = RawHttp2Upstream.head(stream, 201, false, "x-large", "1")
                    .thenAccept(begun -> RawHttp2Upstream.reset(begun, ErrorCode.INTERNAL_ERROR));
        });
        String key = key();

        assertProblem(post("/two", key), 502, "upstream-failed");
        assertProblem(post("/two", key), 409, "outcome-unknown");
        assertProblem(get(gateway, "/two"), 502, "upstream-failed");
    }

    /** A reset may come while it is being put down that the answer is too large to keep. */
    @Test
    void anAnswerTooLargeToKeepThatIsResetIsDecidedOnce() throws Exception {
        for (int i = 0; i < 10; i++) {
            http2.will(stream -> {
                var unused = RawHttp2Upstream.head(stream, 200, false)
                        .thenCompose(begun -> RawHttp2Upstream.part(begun, "a".repeat(8_000)))
                        .thenAccept(begun -> RawHttp2Upstream.reset(begun, ErrorCode.INTERNAL_ERROR));
            });
            String key = key();
            String answer = post("/small", key);
            assertThat(answer).doesNotContain("<html", "127.0.0.1").containsPattern("^HTTP/1.1 (200|502) ");
            http2.will(StrangeAnswersIT::good);

            String repeat = post("/small", key);
            assertProblem(repeat, 409, repeat.contains("outcome-unknown") ? "outcome-unknown" : "response-not-stored");
            for (int j = 0; j < 3; j++) {
                assertThat(get(gateway, "/small")).startsWith("HTTP/1.1 201 ");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "x", "-1"})
    void aLengthOfHttp2ThatIsNotTheBodysIsABadAnswer(String length) throws Exception {
        http2.will(stream -> {
            var unused = RawHttp2Upstream.head(stream, 200, true, "content-length", length);
        });
        String key = key();

        assertProblem(post("/two", key), 502, "upstream-failed");
        assertProblem(post("/two", key), 409, "outcome-unknown");
        assertProblem(get(gateway, "/two"), 502, "upstream-failed");
    }

    /** RFC 9113, section 8.7. */
    @Test
    void aStreamThatTheUpstreamRefusesGoesOutOnceMore() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        http2.will(stream -> {
            if (refused.incrementAndGet() % 2 == 1) {
                RawHttp2Upstream.reset(stream, ErrorCode.REFUSED_STREAM_ERROR);
            } else {
                good(stream);
            }
        });

        assertThat(post("/two", key())).startsWith("HTTP/1.1 201 ");
        assertThat(post(inShadow, "/two", key())).startsWith("HTTP/1.1 201 ");
        assertThat(get(gateway, "/two")).startsWith("HTTP/1.1 201 ");
        assertThat(refused).hasValue(6);
    }

    @Test
    void aStreamThatTheUpstreamRefusesTwiceLeavesTheKeyFree() throws Exception {
        http2.will(stream -> RawHttp2Upstream.reset(stream, ErrorCode.REFUSED_STREAM_ERROR));
        String key = key();
        assertProblem(post("/two", key), 502, "upstream-unreachable");
        http2.will(StrangeAnswersIT::good);

        assertThat(post("/two", key)).startsWith("HTTP/1.1 201 ");
    }
}
