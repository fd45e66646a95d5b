package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Upstreams from which no answer comes. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
@Timeout(60)
final class UnansweredIT {
    /** They say that the connection ends, since it does: else the next request might still go out on it. */
    private static final String OK = "HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    private static final String PROBED = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\nprobed";
    private static final String NOT_FOUND = "HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    private static final String FAILED =
            "HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";

    /** The connection looks as if it were kept. */
    private static final String KEPT = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";

    private final String key = UUID.randomUUID().toString();
    private final CountDownLatch never = new CountDownLatch(1);
    private TestRedis redis;
    private TestDatabase database;
    private RawUpstream upstream;
    private @Nullable GatewayService service;
    private Caller ann = Caller.of(0);

    @BeforeEach
    void start(TestRedis testRedis, TestDatabase testDatabase) throws Exception {
        redis = testRedis;
        database = testDatabase;
        upstream = new RawUpstream(RawUpstream.saying(OK));
    }

    @AfterEach
    void stop() throws Exception {
        never.countDown();
        if (service != null) {
            service.close();
        }
        upstream.close();
    }

    private void gateway(String onUnknown, String more) throws Exception {
        gateway(upstream.url(), onUnknown, more);
    }

    private void gateway(String url, String onUnknown, String more) throws Exception {
        GatewayService started = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %s
                  timeout: 1s
                  policy: { wait: 0s, onUnknown: %s }
                  %s
                """.formatted(url, onUnknown, more));
        service = started;
        ann = Caller.of(started.port());
    }

    private void resetAfterTheEffect() {
        upstream.will((request, connection) -> {
            if (request.startsWith("POST")) {
                upstream.takeEffect();
            }
            RawUpstream.reset(connection);
        });
    }

    private HttpResponse<String> post() throws Exception {
        return ann.post(key, "{}");
    }

    @Test
    void aRefusedConnectionFreesTheKeyAtOnce() throws Exception {
        int free;
        try (ServerSocket taken = new ServerSocket(0)) {
            free = taken.getLocalPort();
        }
        gateway("http://127.0.0.1:" + free, "hold", "");

        for (int i = 0; i < 2; i++) {
            HttpResponse<String> answer = post();
            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(answer.body()).contains("/problems/upstream-unreachable", "\"retryable\":true", key);
        }
    }

    @Test
    void aResetAfterTheEffectLetsTheNextRepeatExecuteByDefault() throws Exception {
        gateway("release", "");
        resetAfterTheEffect();
        HttpResponse<String> first = post();
        upstream.will(RawUpstream.saying(OK));

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(first.body()).contains("/problems/upstream-failed");
        assertThat(post().body()).isEqualTo("ok");
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void aHeldKeyIsRefusedUntilItIsResolved() throws Exception {
        gateway("hold", "");
        resetAfterTheEffect();
        HttpResponse<String> first = post();
        upstream.will(RawUpstream.saying(OK));
        HttpResponse<String> repeat = post();

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("/problems/outcome-unknown", key);
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void aProbeThatFindsTheEffectGivesTheAnswer() throws Exception {
        gateway("probe", "probe: { path: '/orders/by-key/{key}' }");
        upstream.will((request, connection) -> {
            if (request.startsWith("GET /orders/by-key/" + key + " ")) {
                RawUpstream.saying(request.contains("Bearer ann") ? PROBED : FAILED)
                        .answer(request, connection);
            } else {
                upstream.takeEffect();
                RawUpstream.reset(connection);
            }
        });

        assertThat(post().body()).isEqualTo("probed");
        assertThat(post().body()).isEqualTo("probed");
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void aProbeThatFindsNothingFreesTheKey() throws Exception {
        gateway("probe", "probe: { path: '/orders/by-key/{key}' }");
        upstream.will((request, connection) -> {
            if (request.startsWith("GET")) {
                RawUpstream.saying(NOT_FOUND).answer(request, connection);
            } else {
                RawUpstream.reset(connection);
            }
        });
        HttpResponse<String> first = post();
        upstream.will(RawUpstream.saying(OK));

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(first.body()).contains("took no effect");
        assertThat(post().body()).isEqualTo("ok");
    }

    @Test
    void aProbeIsRepeatedByTheNextRequest() throws Exception {
        gateway("probe", "probe: { path: '/orders/by-key/{key}' }");
        resetAfterTheEffect(); // and so is the probe
        HttpResponse<String> first = post();
        HttpResponse<String> whileItFails = post();
        upstream.will(RawUpstream.saying(PROBED));
        HttpResponse<String> found = post();

        assertThat(first.statusCode()).isEqualTo(502);
        assertThat(whileItFails.statusCode()).isEqualTo(409);
        assertThat(whileItFails.body()).contains("/problems/outcome-unknown");
        assertThat(found.body()).isEqualTo("probed");
        assertThat(found.headers().firstValue("Idempotent-Replayed")).contains("true");
        upstream.will(RawUpstream.saying(FAILED));
        await().untilAsserted(() -> assertThat(post().body()).isEqualTo("probed"));
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void aLaterProbeThatFindsNothingLetsTheRepeatExecute() throws Exception {
        gateway("probe", "probe: { path: '/orders/by-key/{key}' }");
        resetAfterTheEffect();
        post();
        upstream.will((request, connection) ->
                RawUpstream.saying(request.startsWith("GET") ? NOT_FOUND : OK).answer(request, connection));

        assertThat(post().body()).isEqualTo("ok");
    }

    @Test
    void anUpstreamThatDoesNotAnswerInTimeIsATimeOut() throws Exception {
        gateway("release", "");
        upstream.will((request, connection) -> awaitEnd());
        HttpResponse<String> late = post();

        assertThat(late.statusCode()).isEqualTo(504);
        assertThat(late.body()).contains("/problems/upstream-timeout");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "I am no HTTP\r\n\r\n",
                "HTTP/1.1 201 Created\r\nContent-Length: 10\r\n\r\nshort",
                "HTTP/1.1 201 Created\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
                "HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
                "HTTP/1.1 201 Created\r\nContent-Length: -1\r\n\r\n",
                ""
            })
    void anAnswerThatIsNoneIsABadGateway(String answer) throws Exception {
        gateway("release", "");
        upstream.will(RawUpstream.saying(answer));
        HttpResponse<String> refused = post();
        upstream.will(RawUpstream.saying(OK));

        assertThat(refused.statusCode()).isEqualTo(502);
        assertThat(refused.body()).contains("/problems/upstream-failed");
        assertThat(post().body()).isEqualTo("ok");
    }

    @Test
    void anAnswerThatNeverEndsIsATimeOut() throws Exception {
        gateway("release", "");
        upstream.will((request, connection) -> {
            connection
                    .getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf".getBytes(StandardCharsets.US_ASCII));
            awaitEnd();
        });

        assertThat(post().statusCode()).isEqualTo(504);
    }

    @Test
    void whatFollowsAnAnswerIsNotTakenForTheNextOne() throws Exception {
        gateway("release", "");
        upstream.will((request, connection) -> connection
                .getOutputStream()
                .write((KEPT + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")
                        .getBytes(StandardCharsets.US_ASCII)));

        assertThat(post().body()).isEqualTo("ok");
        assertThat(ann.post(UUID.randomUUID().toString(), "{}").body()).isNotEqualTo("evil");
    }

    @Test
    void anUpstreamThatClosesIdleConnectionsIsNoFailure() throws Exception {
        gateway("hold", "");
        AtomicInteger ended = new AtomicInteger();
        upstream.will((request, connection) -> {
            connection.getOutputStream().write(KEPT.getBytes(StandardCharsets.US_ASCII));
            connection.shutdownOutput();
            while (connection.getInputStream().read() >= 0) {
                // Until the gateway has seen the end.
            }
            connection.close();
            ended.incrementAndGet();
        });

        for (int i = 1; i <= 5; i++) {
            assertThat(ann.post(UUID.randomUUID().toString(), "{}").statusCode())
                    .isEqualTo(201);
            int answered = i;
            await().until(() -> ended.get() >= answered);
        }
    }

    @Test
    void anUpstreamThatFailsAgainAndAgainIsLeftAlone() throws Exception {
        gateway("release", "");
        resetAfterTheEffect();
        await().until(() -> post().statusCode() == 503);
        int asked = upstream.effects();
        HttpResponse<String> busy = post();

        assertThat(busy.statusCode()).isEqualTo(503);
        assertThat(busy.body()).contains("/problems/upstream-busy");
        assertThat(busy.headers().firstValue("Retry-After")).isPresent();
        assertThat(upstream.effects()).isEqualTo(asked);
        upstream.will(RawUpstream.saying(OK));
        await().until(() -> post().statusCode() == 201);
    }

    @Test
    void requestsThatFindNoPlaceAreToldSo() throws Exception {
        gateway("release", "maxConnections: 1\n  maxQueued: 1");
        upstream.will((request, connection) -> awaitEnd());
        var posts = IntStream.range(0, 5)
                .mapToObj(i -> ann.postLater(UUID.randomUUID().toString(), "{}"))
                .toList();

        assertThat(posts).filteredOn(post -> post.join().statusCode() == 503).hasSizeBetween(3, 4);
    }

    private void awaitEnd() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
