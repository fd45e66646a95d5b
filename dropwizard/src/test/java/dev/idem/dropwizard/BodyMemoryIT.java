package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An application with 4 MiB of body memory. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BodyMemoryIT {
    private static final int MIB = 1 << 20;

    private final TestService service;
    private final List<Socket> open = new ArrayList<>();

    BodyMemoryIT(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(
                redis, database, "{ bodyMemory: 4MiB, policy: { keyFormat: any, fingerprint: { enabled: false } } }");
    }

    /** After each request all its memory is released. */
    @AfterEach
    void nothingIsHeld() throws Exception {
        for (Socket socket : open) {
            socket.close();
        }
        open.clear();
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isZero());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private double metric(String name) throws Exception {
        return service.admin("/prometheus")
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void itIsShownWithItsLimit() throws Exception {
        assertThat(metric("idempotency_body_memory_limit_bytes")).isEqualTo(4 * MIB);
    }

    @Test
    void requestsThatExecuteKeepRoomForTheirAnswers() throws Exception {
        CountDownLatch gate = service.effects().close();
        int before = service.effects().count();
        List<CompletableFuture<HttpResponse<String>>> executing = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            executing.add(service.sendLater(service.post("/effects/slow", TestService.newKey(), "{}")));
        }
        await().until(() -> service.effects().count() == before + 3);
        assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(3 * MIB + 3 * 1024);

        String key = TestService.newKey();
        HttpResponse<String> refused = service.post("/effects/slow", key);

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(refused.body()).contains("\"type\":\"/problems/overloaded\"", "\"retryable\":true", key);
        assertThat(metric("idempotency_overloaded_total")).isPositive();
        assertThat(service.effects().count()).isEqualTo(before + 3);
        gate.countDown();
        for (CompletableFuture<HttpResponse<String>> each : executing) {
            assertThat(each.join().statusCode()).isEqualTo(200);
        }
        HttpResponse<String> again = service.post("/effects/slow", key);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void quickRequestsWaitForEachOther() {
        List<CompletableFuture<HttpResponse<String>>> requests = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            requests.add(service.sendLater(service.post("/effects", TestService.newKey(), "{}")));
        }

        assertThat(requests).extracting(request -> request.join().statusCode()).containsOnly(201);
    }

    @Test
    void largeBodiesThatDoNotEndLeaveRoomForSmallRequests() throws Exception {
        for (int i = 0; i < 8; i++) {
            part(MIB);
        }
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(2 * MIB));

        for (int i = 0; i < 10; i++) {
            assertThat(service.post("/effects", TestService.newKey()).statusCode())
                    .isEqualTo(201);
        }
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(2 * MIB));
    }

    private Socket part(int announced) throws Exception {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.port());
        open.add(socket);
        try {
            socket.getOutputStream()
                    .write(("POST /effects HTTP/1.1\r\nHost: a\r\nX-User: ann\r\nIdempotency-Key: "
                                    + TestService.newKey() + "\r\nContent-Length: " + announced + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[announced - 1]);
        } catch (IOException refused) {
            return socket;
        }
        return socket;
    }

    @Test
    void itIsGivenBackHoweverARequestEnds() throws Exception {
        String key = TestService.newKey();
        assertThat(service.post("/effects", key).statusCode()).isEqualTo(201);
        assertThat(service.post("/effects", key).statusCode()).isEqualTo(201);
        assertThat(service.send(service.post("/effects", key, "{\"other\":1}")).statusCode())
                .isEqualTo(422);
        assertThat(service.send(service.post("/effects", TestService.newKey(), "x".repeat(MIB + 1)))
                        .statusCode())
                .isEqualTo(413);
        assertThat(service.send(service.post("/effects", TestService.newKey(), "x".repeat(MIB)))
                        .statusCode())
                .isEqualTo(201);
        assertThat(service.post("/effects/throws", TestService.newKey()).statusCode())
                .isEqualTo(500);
        assertThat(service.post("/effects/valid", TestService.newKey()).statusCode())
                .isGreaterThanOrEqualTo(400);
        assertThat(service.send(service.post("/effects/bytes?size=" + (MIB + 1), TestService.newKey(), ""))
                        .statusCode())
                .isEqualTo(200);
        assertThat(service.send(service.request("/effects")
                                .POST(BodyPublishers.ofString("no key"))
                                .build())
                        .statusCode())
                .isEqualTo(201);
        part(1_000).close();
    }
}
