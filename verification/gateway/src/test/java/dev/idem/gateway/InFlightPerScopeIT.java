package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A route whose callers may have three requests in flight each, and one that floods it. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class InFlightPerScopeIT {
    private static final int BOUND = 3;
    private static final String ANN = "Bearer ann";
    private static final String BOB = "Bearer bob";

    private final Upstream upstream;
    private final GatewayService gateway;
    private final Caller client;
    private CountDownLatch gate = new CountDownLatch(0);

    InFlightPerScopeIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        gateway = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %1$s
                  policy: { maxInFlightPerScope: 3, wait: 20s }
                - prefix: /paths
                  upstream: %1$s
                  policy: { maxInFlightPerScope: 3, keyScope: path }
                - prefix: /hanging
                  upstream: %1$s
                  timeout: 3s
                  policy: { maxInFlightPerScope: 1 }
                - prefix: /gone
                  upstream: http://127.0.0.1:9
                  policy: { maxInFlightPerScope: 1 }
                """.formatted(upstream.url()));
        client = Caller.of(gateway.port());
    }

    @AfterEach
    void nothingIsInFlight() {
        gate.countDown();
        upstream.will(upstream::created);
        await().untilAsserted(() ->
                assertThat(metric("idempotency_in_flight")).as("in flight").isZero());
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    private double metric(String series) throws Exception {
        return Caller.of(gateway.adminPort())
                .get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    private CompletableFuture<HttpResponse<String>> later(String path, String caller, String key) {
        return client.client()
                .sendAsync(
                        client.to(path)
                                .header("Authorization", caller)
                                .header("Idempotency-Key", key)
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String caller, String key) {
        return later(path, caller, key).join();
    }

    /** The upstream answers nothing until the test ends. */
    private void closeTheGate() {
        CountDownLatch closed = new CountDownLatch(1);
        gate = closed;
        upstream.will((asked, response, callback) -> {
            closed.await();
            upstream.created(asked, response, callback);
        });
    }

    /** As many requests as a caller may have in flight, which the upstream has. */
    private List<CompletableFuture<HttpResponse<String>>> fill(String path, String caller, List<String> keys) {
        int before = upstream.asked().size();
        List<CompletableFuture<HttpResponse<String>>> all =
                keys.stream().map(key -> later(path, caller, key)).toList();
        await().until(() -> upstream.asked().size() == before + keys.size());
        return all;
    }

    private static List<String> newKeys() {
        return List.of(newKey(), newKey(), newKey());
    }

    private static void assertTooMany(HttpResponse<String> answer, String key) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.get("type").asText()).isEqualTo("/problems/too-many-in-flight");
        assertThat(problem.get("retryable").asBoolean()).isTrue();
        assertThat(problem.get("idempotency_key").asText()).isEqualTo(key);
    }

    @Test
    void onlyNewKeysOfTheFloodingCallerAreRefused() throws Exception {
        String stored = newKey();
        assertThat(post("/orders", ANN, stored).statusCode()).isEqualTo(201);
        double refusedBefore = metric(refused("key", "/orders"));
        closeTheGate();
        List<String> keys = newKeys();
        List<CompletableFuture<HttpResponse<String>>> executing = fill("/orders", ANN, keys);
        int asked = upstream.asked().size();
        String refused = newKey();

        for (int i = 0; i < 20; i++) {
            assertTooMany(post("/orders", ANN, refused), refused);
        }

        HttpResponse<String> replay = post("/orders", ANN, stored);
        assertThat(replay.statusCode()).isEqualTo(201);
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        CompletableFuture<HttpResponse<String>> repeat = later("/orders", ANN, keys.get(0));
        assertThat(upstream.asked()).as("nothing else was sent").hasSize(asked);
        CompletableFuture<HttpResponse<String>> other = later("/orders", BOB, newKey());
        await().until(() -> upstream.asked().size() == asked + 1);
        assertThat(metric(refused("key", "/orders")) - refusedBefore).isEqualTo(20);
        gate.countDown();
        for (CompletableFuture<HttpResponse<String>> each : executing) {
            assertThat(each.join().statusCode()).isEqualTo(201);
        }
        assertThat(other.join().statusCode()).isEqualTo(201);
        assertThat(repeat.join().body()).isEqualTo(executing.get(0).join().body());
        HttpResponse<String> again = post("/orders", ANN, refused);
        assertThat(again.statusCode()).as("the refused key was free").isEqualTo(201);
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    private static String refused(String layer, String prefix) {
        return "idempotency_requests_total{layer=\"" + layer + "\",outcome=\"too_many_in_flight\",route=\"POST "
                + prefix + "\"}";
    }

    @Test
    void keysOfTheirOwnOnEachPathHaveTheBoundTogether() throws Exception {
        closeTheGate();
        String key = newKey();
        int before = upstream.asked().size();
        for (int i = 0; i < BOUND; i++) {
            var unused = later("/paths/" + i, ANN, key);
        }
        await().until(() -> upstream.asked().size() == before + BOUND);

        assertTooMany(post("/paths/one-more", ANN, key), key);
    }

    @Test
    void aRequestWithoutAKeyIsRefusedLikeOneWithANewKey() throws Exception {
        closeTheGate();
        fill("/orders", ANN, newKeys());

        HttpResponse<String> answer = client.send(client.to("/orders")
                .header("Authorization", ANN)
                .POST(BodyPublishers.ofString("no key"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("/problems/too-many-in-flight").doesNotContain("idempotency_key");
        assertThat(metric(refused("fingerprint", "/orders"))).isPositive();
    }

    @Test
    void aRequestWhoseUpstreamHangsGivesItsPlaceBackWhenItIsGivenUp() throws Exception {
        closeTheGate();
        int before = upstream.asked().size();
        CompletableFuture<HttpResponse<String>> hanging = later("/hanging", ANN, newKey());
        await().until(() -> upstream.asked().size() == before + 1);
        String key = newKey();
        assertTooMany(post("/hanging", ANN, key), key);

        assertThat(hanging.join().statusCode()).isEqualTo(504);

        upstream.will(upstream::created);
        assertThat(post("/hanging", ANN, key).statusCode()).isEqualTo(201);
    }

    @Test
    void soDoesOneWhoseUpstreamIsNotThereAndItIsNotCountedAsExecuted() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(post("/gone", ANN, newKey()).statusCode()).isEqualTo(502);
        }

        String series = "idempotency_requests_total{layer=\"key\",outcome=\"%s\",route=\"POST /gone\"}";
        assertThat(metric(series.formatted("not_reached"))).isEqualTo(3);
        assertThat(metric(series.formatted("executed"))).isZero();
    }

    @Test
    void aFloodTakesNoMoreThanItsPlaces() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> flood = new ArrayList<>();
        closeTheGate();
        int before = upstream.asked().size();
        for (int i = 0; i < 60; i++) {
            flood.add(later("/orders", ANN, newKey()));
        }
        await().until(() -> flood.stream().filter(CompletableFuture::isDone).count() == 60 - BOUND);
        assertThat(upstream.asked()).hasSize(before + BOUND);

        gate.countDown();

        assertThat(flood.stream().map(each -> each.join().statusCode()))
                .hasSize(60)
                .containsOnly(201, 429)
                .filteredOn(status -> status == 201)
                .hasSize(BOUND);
    }
}
