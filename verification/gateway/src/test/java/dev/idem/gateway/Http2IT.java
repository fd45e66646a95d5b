package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.gateway.Http2Caller.Answer;
import dev.idem.gateway.Http2Caller.Sent;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients that speak HTTP/2 without TLS, in front of an upstream that speaks HTTP/1.1. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class Http2IT {
    private static final int MANY = 30;

    private final Upstream upstream;
    private final GatewayService service;

    Http2IT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(
                redis,
                database,
                """
                - { prefix: /orders, upstream: "%1$s", policy: { wait: 30s } }
                - { prefix: /files, upstream: "%1$s", methods: [] }
                """.formatted(upstream.url()),
                ConfigOverride.config("server.applicationConnectors[0].type", "h2c"),
                ConfigOverride.config("server.applicationConnectors[0].useForwardedHeaders", "true"),
                ConfigOverride.config("server.adminConnectors[0].type", "h2c"),
                ConfigOverride.config("idempotency.maxWaiting", "1"));
    }

    @BeforeEach
    void calm() {
        upstream.will(upstream::created);
    }

    @AfterAll
    void close() throws Exception {
        service.close();
        upstream.close();
    }

    private Http2Caller caller() throws Exception {
        return new Http2Caller(service.port());
    }

    private static String newKey() {
        return UUID.randomUUID().toString();
    }

    @Test
    void aBodyWithoutALengthTakesEffectOnceAndWhole() throws Exception {
        try (Http2Caller ann = caller()) {
            String key = newKey();
            int before = upstream.effects();

            Answer first = ann.post(key, "{\"a\":1}").get();
            Answer repeat = ann.post(key, "{\"a\":1}").get();
            Answer other = ann.post(key, "{\"a\":2}").get();

            assertThat(first.status()).isEqualTo(201);
            assertThat(repeat.body()).isEqualTo(first.body());
            assertThat(repeat.headers().get("Idempotent-Replayed")).isEqualTo("true");
            assertThat(other.status()).isEqualTo(422);
            assertThat(upstream.effects()).isEqualTo(before + 1);
            assertThat(upstream.lastAsked().body()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void aKeyIsTheSameOverBothVersions() throws Exception {
        try (Http2Caller ann = caller()) {
            String key = newKey();
            Answer first = ann.post(key, "{}").get();

            HttpResponse<String> repeat = Caller.of(service.port())
                    .send(Caller.of(service.port())
                            .order(key, "{}")
                            .header("X-Other", "1")
                            .build());

            assertThat(repeat.body()).isEqualTo(first.body());
            assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        }
    }

    @Test
    void theUpstreamSeesARequestAsOverHttp11() throws Exception {
        try (Http2Caller ann = caller()) {
            HttpFields crumbs =
                    HttpFields.build().add("cookie", "a=1").add("cookie", "b=2").add("te", "trailers");
            Answer answer = ann.send("PUT", "/files/1?x=%20y", crumbs, "text").get();

            assertThat(answer.status()).isEqualTo(201);
            Upstream.Asked asked = upstream.lastAsked();
            assertThat(asked.target()).isEqualTo("/files/1?x=%20y");
            assertThat(asked.body()).isEqualTo("text");
            assertThat(asked.headers().getValuesList("Cookie")).containsExactly("a=1; b=2");
            assertThat(asked.header("X-Forwarded-Host")).isEqualTo("shop.example:8080");
            assertThat(asked.header("Via")).isEqualTo("2.0 idem");
            assertThat(asked.headers().contains("TE")).isFalse();
        }
    }

    @Test
    void aRequestWithoutABodyHasNone() throws Exception {
        try (Http2Caller ann = caller()) {
            assertThat(ann.send("GET", "/files/1", HttpFields.EMPTY, "").get().status())
                    .isEqualTo(201);
            assertThat(upstream.lastAsked().headers().contains("Transfer-Encoding"))
                    .isFalse();
            assertThat(ann.send("DELETE", "/orders/1", Http2Caller.ann(newKey()), "")
                            .get()
                            .status())
                    .isEqualTo(201);
            assertThat(upstream.lastAsked().headers().contains("Transfer-Encoding"))
                    .isFalse();
        }
    }

    private void assertStillServes() throws Exception {
        try (Http2Caller next = caller()) {
            assertThat(next.post(newKey(), "{}").get().status()).isEqualTo(201);
        }
    }

    @ParameterizedTest
    @CsvSource({"/orders", "/files"})
    void aBodyThatIsNotAsLongAsItSaysTakesNoEffect(String path) throws Exception {
        int before = upstream.effects();
        try (Http2Caller ann = caller()) {
            for (String length : List.of("1", "9")) {
                Sent sent = ann.begin("POST", path, Http2Caller.ann(newKey()).add("content-length", length), false);
                try {
                    sent.data("{\"a\":1}", true);
                    assertThat(sent.get().status()).isBetween(400, 499);
                } catch (java.util.concurrent.ExecutionException reset) {
                    assertThat(sent.answer()).isCompletedExceptionally();
                }
            }
        }
        assertThat(upstream.effects()).isEqualTo(before);
        assertStillServes();
    }

    @Test
    void aProtectedRequestHoldsUpNoOtherOfItsConnection() throws Exception {
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        upstream.will((asked, response, callback) -> {
            if (asked.body().contains("slow")) {
                finish.complete(() -> upstream.created(asked, response, callback));
            } else {
                upstream.created(asked, response, callback);
            }
        });
        try (Http2Caller ann = caller()) {
            String key = newKey();
            Sent slow = ann.post(key, "{\"slow\":1}");
            finish.get();
            List<Sent> others = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                others.add(ann.post(newKey(), "{}"));
                others.add(ann.send("GET", "/files/" + i, HttpFields.EMPTY, ""));
                others.add(ann.send("GET", "/openapi.json", HttpFields.EMPTY, ""));
            }

            for (Sent other : others) {
                assertThat(other.get().status()).isIn(200, 201);
            }
            assertThat(slow.answer()).isNotDone();
            finish.get().run();
            assertThat(slow.get().status()).isEqualTo(201);
            assertThat(ann.post(key, "{\"slow\":1}").get().body())
                    .isEqualTo(slow.get().body());
        }
    }

    @Test
    void ofManyEqualRequestsOnOneConnectionOneTakesEffect() throws Exception {
        int before = upstream.effects();
        try (Http2Caller ann = caller()) {
            String key = newKey();
            List<Sent> all = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                all.add(ann.post(key, "{}"));
            }
            Set<String> answers = new HashSet<>();
            for (Sent each : all) {
                Answer answer = each.get();
                if (answer.status() != 409) { // only one may wait here
                    answers.add(answer.status() + answer.body());
                }
            }
            assertThat(answers).hasSize(1);
        }
        assertThat(upstream.effects()).isEqualTo(before + 1);
    }

    @Test
    void aStreamThatIsResetIsAHangUp() throws Exception {
        CompletableFuture<Runnable> finish = executing();
        try (Http2Caller ann = caller()) {
            String key = newKey();
            Sent first = ann.post(key, "{}");
            finish.get();
            Sent waiting = theOneThatWaits(ann.post(key, "{}"), ann.post(key, "{}"));
            double before = waitsThatHaveEnded();

            waiting.cancel();
            await().until(() -> waitsThatHaveEnded() > before);
            Sent next = theOneThatWaits(ann.post(key, "{}"), ann.post(key, "{}"));
            finish.get().run();

            assertThat(next.get().body()).isEqualTo(first.get().body());
        }
    }

    @Test
    void aStreamWhoseBodyCameLateIsResetAndIsAHangUp() throws Exception {
        CompletableFuture<Runnable> finish = executing();
        try (Http2Caller ann = caller()) {
            String key = newKey();
            Sent first = ann.post(key, "{}");
            finish.get();
            Sent waiting = theOneThatWaits(ann.postSlowly(key, "{}"), ann.postSlowly(key, "{}"));
            double before = waitsThatHaveEnded();

            waiting.cancel();
            await().until(() -> waitsThatHaveEnded() > before);
            finish.get().run();

            assertThat(first.get().status()).isEqualTo(201);
        }
    }

    /** The upstream answers when the result is run. */
    private CompletableFuture<Runnable> executing() {
        CompletableFuture<Runnable> finish = new CompletableFuture<>();
        upstream.will(
                (asked, response, callback) -> finish.complete(() -> upstream.created(asked, response, callback)));
        return finish;
    }

    /** Only one of two repeats has a place. The other one is refused at once. */
    private static Sent theOneThatWaits(Sent one, Sent other) throws Exception {
        await().until(() -> one.answer().isDone() || other.answer().isDone());
        boolean oneIsRefused = one.answer().isDone();
        assertThat((oneIsRefused ? one : other).get().status()).isEqualTo(409);
        return oneIsRefused ? other : one;
    }

    /** Those that found no place among them. */
    private double waitsThatHaveEnded() throws Exception {
        return Caller.of(service.adminPort())
                .get("/prometheus")
                .body()
                .lines()
                .filter(line -> line.startsWith("idempotency_wait_seconds_count"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void anExecutionWhoseClientResetsItIsStoredForTheRepeat() throws Exception {
        int before = upstream.effects();
        CompletableFuture<Runnable> finish = executing();
        try (Http2Caller ann = caller()) {
            String key = newKey();
            Sent first = ann.post(key, "{}");
            finish.get();
            first.cancel();
            finish.get().run();

            Answer repeat = ann.post(key, "{}").get();

            assertThat(repeat.status()).isEqualTo(201);
            assertThat(repeat.headers().get("Idempotent-Replayed")).isEqualTo("true");
        }
        assertThat(upstream.effects()).isEqualTo(before + 1);
    }

    @Test
    void aRefusalReachesAClientThatStillSends() throws Exception {
        try (Http2Caller ann = caller()) {
            Sent large =
                    ann.begin("POST", "/orders", Http2Caller.ann(newKey()).add("content-length", "3000000"), false);

            assertThat(large.get().status()).isEqualTo(413);
            assertThat(ann.post(newKey(), "{}").get().status()).isEqualTo(201);
        }
    }

    @Test
    void aResponseThatBreaksOffEndsItsStreamAlone() throws Exception {
        upstream.will((asked, response, callback) -> {
            response.getHeaders().put("Content-Length", "10");
            Runnable breakOff = () -> callback.failed(new IOException("the upstream breaks off"));
            response.write(false, ByteBuffer.wrap(new byte[3]), Callback.from(breakOff, callback::failed));
        });
        try (Http2Caller ann = caller()) {
            Sent cut = ann.send("GET", "/files/1", HttpFields.EMPTY, "");
            int status = cut.answer()
                    .thenApply(Answer::status)
                    .exceptionally(reset -> 0)
                    .get(20, TimeUnit.SECONDS);
            upstream.will(upstream::created);

            assertThat(status).isIn(0, 502); // never a whole answer
            assertThat(ann.post(newKey(), "{}").get().status()).isEqualTo(201);
        }
    }

    @Test
    void whatAProxySaysOfTheHostIsNoContradiction() throws Exception {
        try (Http2Caller proxy = caller()) {
            HttpFields forwarded = HttpFields.build()
                    .add("host", "shop.example:8080")
                    .add("x-forwarded-host", "www.example")
                    .add("x-forwarded-proto", "https");

            assertThat(proxy.send("GET", "/files/1", forwarded, "").get().status())
                    .isEqualTo(201);
            assertThat(upstream.lastAsked().header("X-Forwarded-Proto")).isEqualTo("https");
        }
    }

    /** More than a connection's window in all, of which nobody reads anything. */
    @Test
    void bodiesThatNobodyReadsDoNotUseUpTheConnection() throws Exception {
        String body = "x".repeat(15_000);
        try (Http2Caller ann = caller()) {
            for (int i = 0; i < 150; i++) {
                Sent refused = ann.send("POST", "/api/v1/shares", HttpFields.EMPTY, body);
                assertThat(refused.get().status()).isEqualTo(401);
            }
            assertThat(ann.post(newKey(), "{}").get().status()).isEqualTo(201);
        }
    }

    @Test
    void theAdminPortKnowsItsOwnOrigin() throws Exception {
        try (Http2Caller operator = new Http2Caller(service.adminPort())) {
            HttpFields own = HttpFields.build().add("host", "localhost").add("origin", "http://localhost");
            assertThat(operator.send("GET", "/health/ready", HttpFields.EMPTY, "")
                            .get()
                            .status())
                    .isEqualTo(200);
            assertThat(operator.send("GET", "/prometheus", HttpFields.EMPTY, "")
                            .get()
                            .status())
                    .isEqualTo(421);
            assertThat(operator.send("GET", "/prometheus", own, "").get().status())
                    .isEqualTo(400);
        }
    }

    @Test
    void aClientThatAsksForTheUpgradeIsUpgraded() throws Exception {
        HttpClient java =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        Caller ann = new Caller(service.port(), java);

        HttpResponse<String> read = ann.get("/files/1");
        HttpResponse<String> written = ann.post(newKey(), "{}");

        assertThat(read.statusCode()).isEqualTo(201);
        assertThat(read.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(written.statusCode()).isEqualTo(201);
        assertThat(written.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(upstream.lastAsked().headers().contains("HTTP2-Settings")).isFalse();
    }
}
