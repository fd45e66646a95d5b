package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Routes that name a policy. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RoutePolicyIT {
    private static final String POLICIES = """
            policy: { keyFormat: any, fingerprint: { window: 100ms } }
            policies:
              perPath: { keyScope: path }
              azure: { keyHeader: Repeatability-Request-ID, keyForm: bare, keyReusedStatus: 400 }
              byQuery: { keyFrom: query:request }
              postOnly: { methods: [POST] }
              onlySuccess: { storeClientErrors: false }
              teapot: { notStored: [418] }
              learning: { fingerprint: { window: 20ms, adaptive: { ceiling: 1h } } }
              byUrl: { fingerprint: { content: { field: /url, as: url, window: 60s } } }
            describedBy: /openapi.json
            """;

    private final Routes routes = new Routes();
    private String key = "";
    private TestService service;
    private Jdbi database;

    @BeforeAll
    void start(TestRedis redis, TestDatabase records) throws Exception {
        service = TestService.start(redis, records, POLICIES, routes);
        database = Jdbi.create(records.jdbcUrl());
    }

    @BeforeEach
    void chooseKey() {
        key = UUID.randomUUID().toString();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void eachPathCanHaveKeysOfItsOwn() throws Exception {
        HttpResponse<String> first = service.post("/routes/per-path/1", key);
        HttpResponse<String> elsewhere = service.post("/routes/per-path/2", key);
        HttpResponse<String> repeat = service.post("/routes/per-path/1", key);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(elsewhere.statusCode()).isEqualTo(200);
        assertThat(elsewhere.body()).isNotEqualTo(first.body());
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(service.send(service.post("/routes/per-path/1", key, "{\"other\":1}"))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void theKeyCanHaveAnotherHeaderFormAndStatus() throws Exception {
        HttpRequest request = withHeader("/routes/azure", "Repeatability-Request-ID", key, "{}");

        HttpResponse<String> first = service.send(request);
        HttpResponse<String> repeat = service.send(request);

        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Repeatability-Request-ID")).contains(key);
        assertThat(service.send(withHeader("/routes/azure", "Repeatability-Request-ID", key, "[]"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(service.send(withHeader("/routes/azure", "Repeatability-Request-ID", '"' + key + '"', "{}"))
                        .body())
                .contains("/problems/invalid-key", "accepts keys without");
    }

    @Test
    void aProblemOfTheApplicationNamesTheKeyWhereverItIs() throws Exception {
        HttpRequest byHeader = withHeader("/routes/azure/failing", "Repeatability-Request-ID", key, "{}");
        HttpRequest byQuery = service.request("/routes/by-query/failing?request=q-1")
                .POST(BodyPublishers.noBody())
                .build();

        assertThat(service.send(byHeader).body()).contains("internal-error", "\"idempotency_key\":\"" + key + '"');
        assertThat(service.send(byQuery).body()).contains("internal-error", "\"idempotency_key\":\"q-1\"");
    }

    @Test
    void aMethodThatIsNotNamedPasses() throws Exception {
        HttpRequest put = service.request("/routes/post-only")
                .header("Idempotency-Key", key)
                .PUT(BodyPublishers.ofString("{}"))
                .build();

        assertThat(service.send(put).body()).isNotEqualTo(service.send(put).body());
        assertThat(service.post("/routes/post-only", key).body())
                .isEqualTo(service.post("/routes/post-only", key).body());
    }

    @ParameterizedTest
    @CsvSource({"only-success, 404, true", "only-success, 200, false", "teapot, 418, true", "teapot, 429, false"})
    void answersThatAreNotStoredFreeTheKey(String route, int status, boolean free) throws Exception {
        String path = "/routes/" + route + '/' + status;
        String first = service.post(path, key).body();

        assertThat(service.post(path, key).body().equals(first)).isNotEqualTo(free);
    }

    @Test
    void theWindowGrowsWithACallersRepeats() throws Exception {
        String body = "{\"request\":\"" + key + "\"}";
        String first = service.send(withoutKey("/routes/learning", body)).body();
        await().until(() -> service.send(withoutKey("/routes/learning", body)).body(), answer -> !answer.equals(first));

        String another = "{\"request\":\"another " + key + "\"}";
        service.send(withoutKey("/routes/learning", another));

        await().untilAsserted(() ->
                assertThat(longestWindowMillis("POST /routes/learning")).isGreaterThan(20));
    }

    @Test
    void oneFieldCanSayWhatARequestWants() throws Exception {
        String url = "https://example.com/" + key;
        HttpResponse<String> first = service.send(withoutKey("/routes/by-url", "{\"url\":\"" + url + "\",\"note\":1}"));
        HttpResponse<String> repeat = service.send(
                withoutKey("/routes/by-url", "{\"note\":2,\"url\":\"" + url.replace("example", "EXAMPLE") + "#top\"}"));
        HttpResponse<String> other =
                service.send(withoutKey("/routes/by-url", "{\"url\":\"" + url + "/other\",\"note\":1}"));

        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(other.body()).isNotEqualTo(first.body());
        assertThat(service.admin("/prometheus"))
                .contains("layer=\"content\",outcome=\"replayed\",route=\"POST /routes/by-url\"");
    }

    @Test
    void aKeyThatSpellsWhatARequestWithoutOneSaysIsAKeyLikeAnyOther() throws Exception {
        String body = "{\"url\":\"https://example.com/" + key + "\"}";
        Instant before = Instant.now();
        String victim = service.send(withoutKey("/routes/by-url", body)).body();
        String spelt = "fingerprint:"
                + await().until(() -> fingerprintSince(before, "POST /routes/by-url"), found -> !found.isEmpty());
        HttpResponse<String> other = service.send(service.post("/routes/by-url", spelt, "{\"url\":\"another\"}"));
        HttpResponse<String> same = service.send(service.post("/routes/by-url", "x" + spelt, body));

        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isNotEqualTo(victim);
        assertThat(same.body()).isNotEqualTo(victim);
        assertThat(service.send(withoutKey("/routes/by-url", body)).body()).isEqualTo(victim);
    }

    @Test
    void everyAnswerSaysOnceWhereItsRulesAre() throws Exception {
        service.post("/routes/teapot/200", key);

        assertThat(service.post("/routes/teapot/200", key).headers().allValues("Link"))
                .containsExactly("</openapi.json>; rel=\"describedby\"");
        assertThat(service.post("/routes/teapot/200", "k".repeat(256)).headers().allValues("Link"))
                .containsExactly("</openapi.json>; rel=\"describedby\"");
    }

    @Test
    void scriptsOfOtherOriginsMayReadWhatConcernsRepeats() throws Exception {
        HttpRequest request = withHeader("/routes/teapot/200", "Origin", "https://example.com", "{}");

        assertThat(service.send(request).headers().firstValue("Access-Control-Expose-Headers"))
                .contains("Idempotency-Key, Idempotent-Replayed, Retry-After");
        assertThat(service.post("/routes/teapot/200", key).headers().firstValue("Access-Control-Expose-Headers"))
                .isEmpty();
    }

    /** Empty until a request without a key has reached PostgreSQL. */
    private String fingerprintSince(Instant before, String route) {
        return database.withHandle(handle -> handle.createQuery("""
                        SELECT encode(fingerprint, 'hex') FROM idempotency_records
                        WHERE route = :route AND window_ms IS NOT NULL AND claimed_at >= :before
                        """)
                .bind("route", route)
                .bind("before", before)
                .mapTo(String.class)
                .findOne()
                .orElse(""));
    }

    private int longestWindowMillis(String route) {
        return database.withHandle(handle -> handle.createQuery(
                        "SELECT coalesce(max(window_ms), 0) FROM idempotency_records WHERE route = :route")
                .bind("route", route)
                .mapTo(Integer.class)
                .one());
    }

    private HttpRequest withoutKey(String path, String body) {
        return service.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest withHeader(String path, String name, String value, String body) {
        return service.request(path)
                .header("Content-Type", "application/json")
                .header(name, value)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    /** Counts its calls. */
    @Path("/routes")
    public static final class Routes {
        private final AtomicInteger count = new AtomicInteger();

        @POST
        @Path("/per-path/{id}")
        @Idempotent(policy = "perPath")
        public int perPath(@PathParam("id") int id) {
            return count.incrementAndGet();
        }

        @POST
        @Path("/azure")
        @Idempotent(policy = "azure")
        public int azure() {
            return count.incrementAndGet();
        }

        @POST
        @Path("/azure/failing")
        @Idempotent(policy = "azure")
        public int failing() {
            throw new IllegalArgumentException("always");
        }

        @POST
        @Path("/by-query/failing")
        @Idempotent(policy = "byQuery")
        public int failingByQuery() {
            throw new IllegalArgumentException("always");
        }

        @POST
        @Path("/post-only")
        @Idempotent(policy = "postOnly")
        public int posted() {
            return count.incrementAndGet();
        }

        @PUT
        @Path("/post-only")
        @Idempotent(policy = "postOnly")
        public int put() {
            return count.incrementAndGet();
        }

        @POST
        @Path("/only-success/{status}")
        @Idempotent(policy = "onlySuccess")
        public Response onlySuccess(@PathParam("status") int status) {
            return answer(status);
        }

        @POST
        @Path("/teapot/{status}")
        @Idempotent(policy = "teapot")
        public Response teapot(@PathParam("status") int status) {
            return answer(status);
        }

        @POST
        @Path("/learning")
        @Idempotent(policy = "learning")
        public int learning() {
            return count.incrementAndGet();
        }

        @POST
        @Path("/by-url")
        @Idempotent(policy = "byUrl")
        public int byUrl() {
            return count.incrementAndGet();
        }

        private Response answer(int status) {
            return Response.status(status).entity(count.incrementAndGet()).build();
        }
    }
}
