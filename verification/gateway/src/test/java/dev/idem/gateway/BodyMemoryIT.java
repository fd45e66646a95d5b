package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A gateway that may hold 4 MiB of requests and answers, and what each of them takes of it and gives back. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BodyMemoryIT {
    private static final int MIB = 1 << 20;
    private static final String HEAD = "POST /orders HTTP/1.1\r\nHost: a\r\nContent-Type: application/octet-stream\r\n";

    private final Upstream upstream;
    private final GatewayService gateway;
    private final Caller ann;
    private final List<RawConnection> open = new ArrayList<>();

    BodyMemoryIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        gateway = new GatewayService(
                redis,
                database,
                """
                - prefix: /orders
                  upstream: %1$s
                  policy: { fingerprint: { enabled: false } }
                - prefix: /short
                  upstream: %1$s
                  policy: { maxStoredBody: 64KiB }
                - prefix: /gone
                  upstream: http://127.0.0.1:9
                """.formatted(upstream.url()),
                ConfigOverride.config("idempotency.bodyMemory", "4MiB"));
        ann = Caller.of(gateway.port());
    }

    /** Whatever has happened to a request, nothing of it is counted any longer. */
    @AfterEach
    void nothingIsHeld() throws Exception {
        for (RawConnection connection : open) {
            connection.close();
        }
        open.clear();
        upstream.will(upstream::created);
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isZero());
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    private double metric(String name) throws Exception {
        String all = ann.client()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.adminPort() + "/prometheus"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        return all.lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static void assertOverloaded(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("/problems/overloaded");
        assertThat(problem.get("retryable").asBoolean()).isTrue();
    }

    /** What is sent and not whole, on a connection of its own, as far as anybody reads it. */
    private RawConnection part(String headers, byte[] body) throws Exception {
        RawConnection connection = new RawConnection(gateway.port());
        open.add(connection);
        try {
            return connection.send(HEAD + headers + "\r\n").send(body);
        } catch (IOException refused) {
            return connection;
        }
    }

    @Test
    void requestsThatExecuteKeepRoomForTheirAnswers() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        upstream.will((asked, response, callback) -> {
            gate.await();
            upstream.created(asked, response, callback);
        });
        int before = upstream.asked().size();
        List<CompletableFuture<HttpResponse<String>>> executing = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            executing.add(ann.postLater(key(), "{}"));
        }
        await().until(() -> upstream.asked().size() == before + 3);
        assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(3 * MIB + 3 * 1024);
        double refused = metric("idempotency_overloaded_total");

        String key = key();
        assertOverloaded(ann.post(key, "{}"));

        assertThat(metric("idempotency_overloaded_total")).isEqualTo(refused + 1);
        assertThat(upstream.asked()).hasSize(before + 3);
        gate.countDown();
        for (CompletableFuture<HttpResponse<String>> each : executing) {
            assertThat(each.join().statusCode()).isEqualTo(201);
        }
        HttpResponse<String> again = ann.post(key, "{}");
        assertThat(again.statusCode()).as("nothing was kept of the refused one").isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void largeBodiesThatDoNotEndLeaveRoomForSmallRequests() throws Exception {
        double refused = metric("idempotency_overloaded_total");
        byte[] most = new byte[MIB - 1];
        part("Content-Length: " + MIB + "\r\n", most);
        part("Content-Length: " + MIB + "\r\n", most);
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(2 * MIB));
        for (int i = 0; i < 7; i++) {
            part("Content-Length: " + MIB + "\r\n", most);
            part("Transfer-Encoding: chunked\r\n", chunk(most));
        }
        for (int i = 0; i < 10; i++) {
            assertThat(ann.post(key(), "{\"small\":" + i + "}").statusCode()).isEqualTo(201);
        }
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isEqualTo(2 * MIB));
        await().untilAsserted(() ->
                assertThat(metric("idempotency_overloaded_total") - refused).isEqualTo(14));
    }

    @Test
    void anAnswerThatStreamsHoldsNothing() throws Exception {
        CompletableFuture<Runnable> rest = new CompletableFuture<>();
        upstream.will((asked, response, callback) -> response.write(
                false,
                ByteBuffer.wrap(("a".repeat(100_000) + '!').getBytes(StandardCharsets.US_ASCII)),
                Callback.from(
                        () -> rest.complete(() -> response.write(true, ByteBuffer.wrap(new byte[] {'?'}), callback)),
                        rest::completeExceptionally)));
        RawConnection slow = new RawConnection(gateway.port());
        open.add(slow);
        slow.send(HEAD.replace("/orders", "/short") + "Authorization: Bearer ann\r\nIdempotency-Key: " + key()
                        + "\r\nContent-Length: 2\r\n\r\n{}")
                .upTo("!");

        await().untilAsserted(() -> assertThat(metric("idempotency_body_memory_bytes"))
                .as("the request")
                .isEqualTo(1024));
        rest.join().run();
        slow.upTo("?");
    }

    private static byte[] chunk(byte[] body) {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        chunk.writeBytes((Integer.toHexString(body.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
        chunk.writeBytes(body);
        chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        return chunk.toByteArray();
    }

    @Test
    void whatIsAnnouncedAndNotSentTakesNothing() throws Exception {
        for (int i = 0; i < 50; i++) {
            part("Content-Length: " + MIB + "\r\n", new byte[] {1});
        }

        assertThat(send(new byte[MIB - 10]).statusCode()).isEqualTo(201);
    }

    private HttpResponse<String> send(byte[] body) throws Exception {
        return ann.send(ann.to("/orders")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key())
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void aBodyThatIsDecodedCountsAsWhatItSays() throws Exception {
        for (int i = 0; i < 2; i++) {
            part("Content-Length: " + MIB + "\r\n", new byte[MIB - 1]);
        }
        await().untilAsserted(() ->
                assertThat(metric("idempotency_body_memory_bytes")).isGreaterThan(2 * MIB - 70_000));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(new byte[MIB - 1]);
        }

        assertOverloaded(ann.send(ann.to("/orders")
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key())
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build()));
    }

    @Test
    void theServicesOwnApiTakesNoLargeBodies() throws Exception {
        byte[] credentials =
                ("{\"email\":\"" + "a".repeat(70_000) + "\",\"password\":\"b\"}").getBytes(StandardCharsets.US_ASCII);
        for (HttpRequest.BodyPublisher body : List.of(
                BodyPublishers.ofByteArray(credentials),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(credentials)))) {
            HttpResponse<String> refused = ann.send(ann.to("/api/auth/login")
                    .header("Content-Type", "application/json")
                    .POST(body)
                    .build());
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(413);
            assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        }
        assertThat(ann.send(ann.to("/api/auth/login")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{\"email\":\"nobody@example.com\",\"password\":\"b\"}"))
                                .build())
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void itIsGivenBackHoweverARequestEnds() throws Exception {
        String key = key();
        assertThat(ann.post(key, "{}").statusCode()).isEqualTo(201);
        assertThat(ann.post(key, "{}").statusCode()).isEqualTo(201);
        assertThat(ann.post(key, "{\"other\":1}").statusCode()).isEqualTo(422);
        assertThat(send(new byte[MIB + 1]).statusCode()).isEqualTo(413);
        assertThat(ann.send(ann.to("/orders")
                                .POST(BodyPublishers.ofString("no key"))
                                .build())
                        .statusCode())
                .isEqualTo(201);
        assertThat(ann.send(ann.to("/gone")
                                .header("Authorization", "Bearer ann")
                                .header("Idempotency-Key", key())
                                .POST(BodyPublishers.ofString("nobody listens"))
                                .build())
                        .statusCode())
                .isEqualTo(502);
        upstream.will(
                (asked, response, callback) -> callback.failed(new IllegalStateException("by order of the test")));
        assertThat(ann.post(key(), "{}").statusCode()).isGreaterThanOrEqualTo(500);
        part("Content-Length: " + MIB + "\r\n", new byte[MIB / 2]).close();
        try (RawConnection broken = new RawConnection(gateway.port())) {
            broken.send(HEAD + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\nno chunk\r\n\r\n")
                    .untilItsEnd();
        }
    }
}
