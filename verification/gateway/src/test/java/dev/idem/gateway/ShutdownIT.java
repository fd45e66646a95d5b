package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway that is told to stop ends what it has begun. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class ShutdownIT {

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
