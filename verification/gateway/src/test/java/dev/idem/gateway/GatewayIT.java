package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.eclipse.jetty.util.Callback;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rules for repeats, in front of an API that knows nothing of them. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class GatewayIT {
    private static final String BODY = "{\"item\":\"book\"}";

    private final String key = UUID.randomUUID().toString();
    private Upstream upstream;
    private GatewayService service;
    private Jdbi records;
    private Caller ann;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        records = Jdbi.create(database.jdbcUrl());
        service = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %s
                  scope: authorization
                  timeout: 5s
                  policy: { wait: 2s, lockTimeout: 1s, maxStoredBody: 1KiB, maxRequestBody: 1KiB, compressAbove: 900B }
                """.formatted(upstream.url()));
        ann = Caller.of(service.port());
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        upstream.close();
    }

    @Test
    void aRepeatTakesEffectOnceAndGetsTheFirstAnswer() throws Exception {
        HttpResponse<String> first = ann.post(key, BODY);
        HttpResponse<String> repeat = ann.post(key, BODY);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Location")).contains("/orders/1");
        assertThat(repeat.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Idempotency-Key")).contains(key);
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void theUpstreamIsToldTheKeyAsTheClientSentItAndTheAttempt() throws Exception {
        ann.post('"' + key + '"', BODY);

        assertThat(upstream.lastAsked().header("Idempotency-Key")).isEqualTo('"' + key + '"');
        assertThat(upstream.lastAsked().header("Idempotency-Attempt")).isEqualTo("1");
        assertThat(upstream.lastAsked().body()).isEqualTo(BODY);
    }

    @Test
    void aKeyThatComesWithAnotherBodyIsRefused() throws Exception {
        ann.post(key, BODY);
        HttpResponse<String> other = ann.post(key, "{\"item\":\"lamp\"}");

        assertThat(other.statusCode()).isEqualTo(422);
        assertThat(other.body()).contains("/problems/key-reused", key);
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void twentyAtOnceTakeEffectOnce() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> posts =
                Stream.generate(() -> ann.postLater(key, BODY)).limit(20).toList();

        assertThat(posts).allSatisfy(post -> {
            assertThat(post.get().statusCode()).isEqualTo(201);
            assertThat(post.get().body()).isEqualTo("{\"order\":1}");
        });
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void anotherCallerMayUseTheSameKey() throws Exception {
        ann.post(key, BODY);
        HttpResponse<String> ofBob = ann.send(
                ann.order(key, BODY).setHeader("Authorization", "Bearer bob").build());

        assertThat(ofBob.body()).isEqualTo("{\"order\":2}");
    }

    @Test
    void aKeyOfNobodyIsRefused() throws Exception {
        HttpResponse<String> refused = ann.send(ann.to("/orders")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.noBody())
                .build());

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void aMalformedKeyIsRefused() throws Exception {
        assertThat(ann.post("", BODY).statusCode()).isEqualTo(400);
        assertThat(upstream.asked()).isEmpty();
    }

    @Test
    void aServerErrorFreesTheKey() throws Exception {
        upstream.will((asked, response, callback) -> {
            response.setStatus(500);
            Upstream.write(response, "sorry", callback);
        });
        HttpResponse<String> failed = ann.post(key, BODY);
        upstream.will(upstream::created);
        HttpResponse<String> repeat = ann.post(key, BODY);

        assertThat(failed.statusCode()).isEqualTo(500);
        assertThat(failed.body()).isEqualTo("sorry");
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aLargeAnswerMayBeKeptInFewerBytes() throws Exception {
        String large = "x".repeat(1_000);
        upstream.will((asked, response, callback) -> {
            upstream.takeEffect();
            Upstream.write(response, large, callback);
        });
        HttpResponse<String> first = ann.post(key, BODY);
        HttpResponse<String> repeat = ann.post(key, BODY);

        assertThat(first.body()).isEqualTo(large);
        assertThat(repeat.body()).isEqualTo(large);
        assertThat(upstream.effects()).isEqualTo(1);
        await().until(() -> records.withHandle(handle -> handle.createQuery(
                                "SELECT octet_length(answer) FROM idempotency_records WHERE answer IS NOT NULL")
                        .mapTo(Integer.class)
                        .findOne())
                .filter(bytes -> bytes < large.length() / 2)
                .isPresent());
    }

    @Test
    void anAnswerThatIsTooLargeToKeepReachesItsClientWhole() throws Exception {
        String large = "x".repeat(3_000_000);
        upstream.will((asked, response, callback) -> {
            upstream.takeEffect();
            Upstream.write(response, large, callback);
        });
        HttpResponse<String> first = ann.post(key, BODY);
        HttpResponse<String> repeat = ann.post(key, BODY);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(first.body()).isEqualTo(large);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("/problems/response-not-stored");
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void aRequestThatIsTooLargeIsRefused() throws Exception {
        HttpResponse<String> refused = ann.post(key, "x".repeat(1025));

        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(refused.body()).contains("/problems/request-too-large");
        assertThat(upstream.asked()).isEmpty();
        assertThat(ann.post(key, "x".repeat(1024)).statusCode()).isEqualTo(201);
    }

    @Test
    void anEmptyAnswerIsReplayedToo() throws Exception {
        upstream.will((asked, response, callback) -> {
            upstream.takeEffect();
            response.setStatus(204);
            Upstream.write(response, "", callback);
        });
        ann.post(key, BODY);
        HttpResponse<String> repeat = ann.post(key, BODY);

        assertThat(repeat.statusCode()).isEqualTo(204);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(upstream.effects()).isEqualTo(1);
    }

    @Test
    void anUpstreamSlowerThanTheLockTimeoutIsNotOvertaken() throws Exception {
        CompletableFuture<Callback> waiting = new CompletableFuture<>();
        CompletableFuture<org.eclipse.jetty.server.Response> answer = new CompletableFuture<>();
        upstream.will((asked, response, callback) -> {
            answer.complete(response);
            waiting.complete(callback);
        });
        CompletableFuture<HttpResponse<String>> first = ann.postLater(key, BODY);
        Callback callback = waiting.get();

        HttpResponse<String> repeat = ann.post(key, BODY); // waits for two lock timeouts

        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.body()).contains("/problems/request-in-progress");
        upstream.created(upstream.lastAsked(), answer.get(), callback);
        assertThat(first.get().statusCode()).isEqualTo(201);
        assertThat(upstream.asked()).hasSize(1);
    }

    @Test
    void otherMethodsPass() throws Exception {
        upstream.will((asked, response, callback) -> Upstream.write(response, "list", callback));

        assertThat(ann.get("/orders?page=2").body()).isEqualTo("list");
        assertThat(ann.get("/orders?page=2").headers().firstValue("Idempotent-Replayed"))
                .isEmpty();
        assertThat(upstream.asked()).hasSize(2);
        assertThat(upstream.lastAsked().target()).isEqualTo("/orders?page=2");
    }

    @Test
    void whatNoRouteTakesIsTheServicesOwn() throws Exception {
        assertThat(ann.get("/ordersX").statusCode()).isEqualTo(404);
        assertThat(ann.get("/openapi.json").statusCode()).isEqualTo(200);
        assertThat(ann.get("/a%2fb").statusCode()).isEqualTo(400);
        assertThat(upstream.asked()).isEmpty();
    }
}
