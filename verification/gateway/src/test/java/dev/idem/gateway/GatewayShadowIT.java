package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** In shadow a route counts what it would have done, and every request reaches the upstream. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the field
final class GatewayShadowIT {
    private static final String BODY = "{\"item\":\"book\"}";

    private final String key = UUID.randomUUID().toString();
    private Upstream upstream;

    @BeforeEach
    void start() throws Exception {
        upstream = new Upstream();
    }

    @AfterEach
    void stop() throws Exception {
        upstream.close();
    }

    private GatewayService gateway(String redisUrl, String keyPrefix, TestDatabase database) throws Exception {
        return new GatewayService(
                redisUrl,
                keyPrefix,
                database,
                """
                - prefix: /orders
                  upstream: %s
                  timeout: 5s
                  policy: { maxInFlightPerScope: 1 }
                """.formatted(upstream.url()),
                ConfigOverride.config("idempotency.rollout.shadow", "true"));
    }

    @Test
    void aRepeatReachesTheUpstreamAndIsCounted(TestRedis redis, TestDatabase database) throws Exception {
        try (GatewayService service = gateway(redis.url(), redis.keyPrefix(), database)) {
            Caller ann = Caller.of(service.port());

            ann.post(key, BODY);
            HttpResponse<String> repeat = ann.post(key, BODY);

            assertThat(repeat.headers().firstValue("Location")).contains("/orders/2");
            assertThat(repeat.headers().map()).doesNotContainKey("Idempotent-Replayed");
            await().until(() -> metrics(service).contains("outcome=\"replayed\",route=\"POST /orders\"} 1.0"));
        }
    }

    @Test
    void aCallerBeyondItsBoundIsCountedAndServed(TestRedis redis, TestDatabase database) throws Exception {
        try (GatewayService service = gateway(redis.url(), redis.keyPrefix(), database)) {
            Caller ann = Caller.of(service.port());
            CountDownLatch gate = new CountDownLatch(1);
            upstream.will((asked, response, callback) -> {
                gate.await();
                upstream.created(asked, response, callback);
            });
            CompletableFuture<HttpResponse<String>> first = ann.postLater(key, BODY);
            await().until(() -> upstream.asked().size() == 1);
            CompletableFuture<HttpResponse<String>> second =
                    ann.postLater(UUID.randomUUID().toString(), BODY);
            await().until(() -> upstream.asked().size() == 2);
            gate.countDown();

            assertThat(first.join().statusCode()).isEqualTo(201);
            assertThat(second.join().statusCode()).isEqualTo(201);
            assertThat(metrics(service))
                    .contains(
                            "idempotency_shadow_total{layer=\"key\",outcome=\"too_many_in_flight\",route=\"POST /orders\"} 1.0");
        }
    }

    @Test
    void storesThatAreGoneHinderNobody() throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                GatewayService service = gateway(redis.url(), "t:", new TestDatabase(postgres.createDatabase()))) {
            Caller ann = Caller.of(service.port());
            redis.kill();
            postgres.kill();

            assertThat(ann.post(key, BODY).statusCode()).isEqualTo(201);
            assertThat(ann.post(key, BODY).headers().firstValue("Location")).contains("/orders/2");
        }
    }

    private static String metrics(GatewayService service) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.adminPort() + "/prometheus"))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }
}
