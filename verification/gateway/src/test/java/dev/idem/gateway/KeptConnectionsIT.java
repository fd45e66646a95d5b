package dev.idem.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.ConnectionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections to an upstream that are kept, and which of the two sides ends them. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class KeptConnectionsIT {
    private static final String KEPT = "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok";

    private final RawUpstream upstream;
    private final Upstream http2;
    private final GatewayService gateway;
    private final Caller ann;

    KeptConnectionsIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new RawUpstream(RawUpstream.saying(KEPT));
        http2 = new Upstream(http -> new ConnectionFactory[] {new HTTP2CServerConnectionFactory(http)});
        gateway = new GatewayService(redis, database, """
                - { prefix: /orders, upstream: "%1$s", policy: { onUnknown: hold, wait: 0s } }
                - { prefix: /soon, upstream: "%1$s", maxIdle: 200ms }
                - { prefix: /two, upstream: "%2$s", protocol: h2c, maxIdle: 200ms }
                - { prefix: /young, upstream: "%3$s", maxAge: 100ms }
                - { prefix: /young-two, upstream: "%4$s", protocol: h2c, maxAge: 100ms }
                """.formatted(
                        upstream.url(), http2.url(), byName(upstream.url()), byName(http2.url())));
        ann = Caller.of(gateway.port());
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
        http2.close();
    }

    /** To the gateway, another upstream with settings of its own. */
    private static String byName(String url) {
        return url.replace("127.0.0.1", "localhost");
    }

    private int post() throws Exception {
        return ann.post(UUID.randomUUID().toString(), "{}").statusCode();
    }

    /** The end has come to this machine, and whether the gateway has seen it is a matter of luck. */
    @Test
    void oneThatTheUpstreamHasEndedIsNotUsed() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        upstream.will((request, connection) -> {
            connection.getOutputStream().write(KEPT.getBytes(ISO_8859_1));
            connection.close();
            ended.incrementAndGet();
        });

        for (int i = 1; i <= 100; i++) {
            assertThat(post()).isEqualTo(201);
            int answered = i;
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> ended.get() == answered);
        }
    }

    @Test
    void oneThatTheUpstreamHasResetIsNotUsed() throws Exception {
        AtomicInteger ended = new AtomicInteger();
        for (int i = 1; i <= 30; i++) {
            CountDownLatch read = new CountDownLatch(1);
            upstream.will((request, connection) -> {
                connection.getOutputStream().write(KEPT.getBytes(ISO_8859_1));
                awaitOrFail(read);
                RawUpstream.reset(connection);
                ended.incrementAndGet();
            });
            assertThat(post()).isEqualTo(201);
            read.countDown();
            int answered = i;
            await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(1)).until(() -> ended.get() == answered);
        }
    }

    /** On a kept connection, the bytes after the head would be read as the response to another request. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "204 No Content\r\nContent-Length: 40",
                "304 Not Modified\r\nContent-Length: 40",
                "204 No Content\r\nTransfer-Encoding: chunked",
                "304 Not Modified\r\nTransfer-Encoding: chunked"
            })
    void oneWhoseAnswerTellsOfABodyThatItCannotHaveIsNotUsed(String head) throws Exception {
        Set<Socket> seen = ConcurrentHashMap.newKeySet();
        upstream.will((request, connection) -> {
            boolean isNew = seen.add(connection);
            String answer = isNew && request.startsWith("GET") ? "HTTP/1.1 " + head + "\r\n\r\n" : KEPT;
            connection.getOutputStream().write(answer.getBytes(ISO_8859_1));
        });
        ann.get("/orders");

        assertThat(post()).isEqualTo(201);
        assertThat(seen).hasSize(2);
    }

    private static void awaitOrFail(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneIsEndedBeforeTheUpstreamSaysItWouldEndIt() throws Exception {
        assertThat(untilTheGatewayEndsIt("/orders", "Keep-Alive: timeout=1\r\n"))
                .isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void oneIsEndedAfterTheRoutesTime() throws Exception {
        assertThat(untilTheGatewayEndsIt("/soon", "")).isLessThan(Duration.ofSeconds(1));
    }

    private Duration untilTheGatewayEndsIt(String path, String headers) throws Exception {
        CompletableFuture<Duration> kept = new CompletableFuture<>();
        upstream.will((request, connection) -> {
            long begun = System.nanoTime();
            connection
                    .getOutputStream()
                    .write(KEPT.replace("\r\n\r\n", "\r\n" + headers + "\r\n").getBytes(ISO_8859_1));
            int end = connection.getInputStream().read();
            if (end < 0) {
                kept.complete(Duration.ofNanos(System.nanoTime() - begun));
            }
            connection.close();
        });
        assertThat(ann.get(path).body()).isEqualTo("ok");
        return kept.get(10, TimeUnit.SECONDS);
    }

    /** One on which an answer is waited for is not idle, however short a time unused ones are kept. */
    @Test
    void anAnswerMayTakeLongerThanAConnectionIsKept() throws Exception {
        upstream.will((request, connection) -> {
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            connection.getOutputStream().write(KEPT.getBytes(ISO_8859_1));
        });
        http2.will((asked, response, callback) -> {
            LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
            http2.created(asked, response, callback);
        });

        for (String path : new String[] {"/soon", "/two", "/young", "/young-two"}) {
            assertThat(ann.get(path).statusCode()).isEqualTo(201);
        }
    }

    /** The upstream's name may lead elsewhere by then, and its connections are never idle. */
    @Test
    void oneThatIsAlwaysInUseIsReplacedWhenItIsOld() throws Exception {
        Set<Object> seen = ConcurrentHashMap.newKeySet();
        upstream.will((request, connection) -> {
            seen.add(connection);
            connection.getOutputStream().write(KEPT.getBytes(ISO_8859_1));
        });
        Set<Object> seenByHttp2 = ConcurrentHashMap.newKeySet();
        http2.will((asked, response, callback) -> {
            seenByHttp2.add(response.getRequest().getConnectionMetaData().getRemoteSocketAddress());
            http2.created(asked, response, callback);
        });

        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10)).until(() -> {
            assertThat(ann.get("/young").statusCode()).isEqualTo(201);
            assertThat(ann.get("/young-two").statusCode()).isEqualTo(201);
            return seen.size() > 2 && seenByHttp2.size() > 2;
        });
    }

    /** The worst case: requests come just when the upstream ends its connection, of which it says nothing. */
    @Test
    void anUpstreamThatEndsIdleConnectionsUnannouncedCostsFewRequests() throws Exception {
        upstream.will((request, connection) -> {
            connection.getOutputStream().write(KEPT.getBytes(ISO_8859_1));
            endIfNothingComes(connection);
        });
        Random random = new Random(22);
        int failed = 0;
        for (int i = 0; i < 300; i++) {
            if (post() != 201) {
                failed++;
            }
            LockSupport.parkNanos(Duration.ofMillis(8).toNanos() + random.nextInt(4_000_000));
        }
        assertThat(failed).isLessThan(15);
    }

    /** As a server does whose time for idle connections is over. */
    private static void endIfNothingComes(Socket connection) throws IOException {
        long over = System.nanoTime() + Duration.ofMillis(10).toNanos();
        while (connection.getInputStream().available() == 0) {
            if (System.nanoTime() > over) {
                connection.close();
                return;
            }
            LockSupport.parkNanos(50_000);
        }
    }
}
