package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Deque;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway that is told to stop ends what it has begun. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class ShutdownIT {
    private static final String GET = "GET /orders HTTP/1.1\r\nHost: shop\r\n\r\n";

    private static String to(Upstream upstream) {
        return "- { prefix: /orders, upstream: \"" + upstream.url() + "\" }\n";
    }

    @Test
    void aRequestUnderWayIsAnsweredAndItsAnswerKept(TestRedis redis, TestDatabase database) throws Exception {
        String key = UUID.randomUUID().toString();
        try (Upstream upstream = new Upstream()) {
            CompletableFuture<Runnable> finish = new CompletableFuture<>();
            upstream.will(
                    (asked, response, callback) -> finish.complete(() -> upstream.created(asked, response, callback)));
            GatewayService service = GatewayService.patient(redis, database, to(upstream));
            int port = service.port();
            CompletableFuture<HttpResponse<String>> underWay = Caller.of(port).postLater(key, "{}");
            finish.get();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> close(service));
            await().until(() -> takesNobody(port));
            finish.get().run();

            assertThat(underWay.get().statusCode()).isEqualTo(201);
            stopped.get();

            upstream.will(upstream::created);
            try (GatewayService next = new GatewayService(redis, database, to(upstream))) {
                HttpResponse<String> repeat = Caller.of(next.port()).post(key, "{}");
                assertThat(repeat.body()).isEqualTo(underWay.get().body());
                assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
            }
            assertThat(upstream.effects()).isEqualTo(1);
        }
    }

    @Test
    void aKeptConnectionIsServedOnceMoreAndThenRefusedWithAProblem(TestRedis redis, TestDatabase database)
            throws Exception {
        try (Upstream upstream = new Upstream()) {
            GatewayService service = GatewayService.patient(
                    redis, database, to(upstream), ConfigOverride.config("shutdown.drainDelay", "2s"));
            int port = service.port();
            Caller prober = Caller.of(service.adminPort());
            try (RawConnection served = new RawConnection(port);
                    RawConnection slow = new RawConnection(port)) {
                served.send(GET).upTo("\"order\":1}");
                CompletableFuture<Runnable> finish = new CompletableFuture<>();
                upstream.will((asked, response, callback) ->
                        finish.complete(() -> upstream.created(asked, response, callback)));
                slow.send(GET);
                finish.get();
                upstream.will(upstream::created);

                CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> close(service));
                await().until(() -> prober.get("/health/ready").statusCode() == 503);
                assertThat(prober.get("/health/ready").body()).contains("draining");
                assertThat(served.send(GET).untilItsEnd())
                        .startsWith("HTTP/1.1 201")
                        .containsIgnoringCase("\r\nConnection: close\r\n");

                Deque<RawConnection> opened = new ConcurrentLinkedDeque<>();
                await().until(() -> !opens(port, opened));
                opened.removeLast(); // which may not have been accepted
                assertThat(opened.getLast().send(GET).untilItsEnd())
                        .startsWith("HTTP/1.1 503")
                        .containsIgnoringCase("\r\nConnection: close\r\n")
                        .containsIgnoringCase("\r\nRetry-After: 1\r\n")
                        .containsIgnoringCase("\r\nContent-Type: application/problem+json\r\n")
                        .contains("/problems/service-unavailable");
                finish.get().run();
                assertThat(slow.untilItsEnd())
                        .startsWith("HTTP/1.1 201")
                        .containsIgnoringCase("\r\nConnection: close\r\n");
                stopped.get();
            }
        }
    }

    @Test
    void aStreamThatWasAcceptedIsAnsweredHoweverLongItsConnectionWaits(TestRedis redis, TestDatabase database)
            throws Exception {
        try (Upstream upstream = new Upstream()) {
            GatewayService service = GatewayService.patient(
                    redis,
                    database,
                    to(upstream),
                    ConfigOverride.config("server.applicationConnectors[0].type", "h2c"));
            HttpClient client = HttpClient.newHttpClient();
            int port = service.port();
            HttpRequest get = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                    .build();
            assertThat(client.send(get, BodyHandlers.ofString()).version()).isEqualTo(Version.HTTP_2);
            CompletableFuture<Runnable> finish = new CompletableFuture<>();
            upstream.will(
                    (asked, response, callback) -> finish.complete(() -> upstream.created(asked, response, callback)));

            CompletableFuture<HttpResponse<String>> accepted = client.sendAsync(get, BodyHandlers.ofString());
            finish.get();
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(() -> close(service));
            await().until(() -> takesNobody(port));
            await().during(Duration.ofSeconds(2)).until(() -> !accepted.isDone());
            finish.get().run();

            assertThat(accepted.get().statusCode()).isEqualTo(201);
            stopped.get();
        }
    }

    private static boolean opens(int port, Deque<RawConnection> opened) throws Exception {
        try {
            return opened.add(new RawConnection(port));
        } catch (ConnectException closed) {
            return false;
        }
    }

    private static boolean takesNobody(int port) throws Exception {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return false;
        } catch (ConnectException closed) {
            return true;
        }
    }

    private static void close(GatewayService service) {
        try {
            service.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
