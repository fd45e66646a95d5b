package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.core.record.Consistency;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.util.Duration;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules for requests without a key, which are recognised by their content. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WithoutKeyIT {
    /** Longer than any test. */
    private static final Duration LONG = Duration.hours(1);

    private static final Duration SHORT = Duration.milliseconds(50);

    private TestService fast;
    private TestService strict;
    private TestService brief;
    private TestService off;
    private TestService open;
    private String body = "{}";

    /** Each with its own stores: two installations on one database would change each other's authoritative store. */
    @BeforeAll
    void startFast(TestRedis redis, TestDatabase database) throws Exception {
        fast = start(redis, database, "fast", "{ window: " + LONG + " }");
    }

    @BeforeAll
    void startStrict(TestRedis redis, TestDatabase database) throws Exception {
        strict = start(redis, database, "strict", "{ window: " + LONG + " }");
    }

    @BeforeAll
    void startBrief(TestRedis redis, TestDatabase database) throws Exception {
        brief = start(redis, database, "fast", "{ window: " + SHORT + " }");
    }

    @BeforeAll
    void startOff(TestRedis redis, TestDatabase database) throws Exception {
        off = start(redis, database, "fast", "{ enabled: false }");
    }

    @BeforeAll
    void startOpen(TestRedis redis, TestDatabase database) throws Exception {
        open = TestService.start(
                redis,
                database,
                "{ policy: { fingerprint: { enabled: true, window: " + LONG + " } },"
                        + " policies: { asking: { fingerprint: { enabled: true } } } }",
                new Open());
    }

    @AfterAll
    void stop() {
        Stream.of(fast, strict, brief, off, open).forEach(TestService::close);
    }

    /** Accepts requests of unauthenticated callers. */
    @Path("/open")
    public static final class Open {
        private final AtomicInteger count = new AtomicInteger();

        @POST
        @Idempotent(anonymous = true)
        public String create() {
            return "effect " + count.incrementAndGet();
        }

        @POST
        @Path("/asking")
        @Idempotent(anonymous = true, policy = "asking")
        public String createOnce() {
            return create();
        }
    }

    @BeforeEach
    void eachTestSaysSomethingOfItsOwn() {
        body = "{\"order\":\"" + UUID.randomUUID() + "\"}";
        Stream.of(fast, strict, brief, off).forEach(service -> service.effects().forget());
    }

    @ParameterizedTest
    @EnumSource
    void aRepeatWithinTheWindowIsAnsweredWithTheFirstAnswer(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        HttpResponse<String> first = service.send(request(service, "/effects", body));
        HttpResponse<String> repeat = service.send(request(service, "/effects", body.replace(":", " : ")));

        assertThat(service.effects().count()).isEqualTo(1);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(first.headers().firstValue("Idempotency-Key")).isEmpty();
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Idempotency-Key")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void racingRepeatsWaitForTheFirstAndGetItsAnswer(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        CountDownLatch gate = service.effects().close();
        List<CompletableFuture<HttpResponse<String>>> racing = Stream.generate(
                        () -> service.sendLater(request(service, "/effects/slow", body)))
                .limit(50)
                .toList();
        await().until(() -> service.effects().count() > 0);
        gate.countDown();

        assertThat(racing).allSatisfy(answer -> {
            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().body()).isEqualTo("effect 1");
        });
        assertThat(service.effects().count()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource
    void anotherBodyPathOrCallerIsAnotherRequest(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        HttpRequest ann = request(service, "/effects", body);
        service.send(ann);
        service.send(request(service, "/effects", body + " "));
        service.send(request(service, "/effects", "[" + body + "]"));
        service.send(request(service, "/effects?a=b", body));
        service.send(HttpRequest.newBuilder(ann, (name, value) -> !name.equals("X-User"))
                .header("X-User", "bob")
                .build());

        assertThat(service.effects().count()).isEqualTo(4);
    }

    @ParameterizedTest
    @EnumSource
    void aRequestWithAKeyIsComparedByItsKeyAlone(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        service.send(request(service, "/effects", body));
        service.send(service.post("/effects", TestService.newKey(), body));
        service.send(service.post("/effects", TestService.newKey(), body));

        assertThat(service.effects().count()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsNoAnswerToRepeat(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        service.send(request(service, "/effects/status/500", body));

        assertThat(service.send(request(service, "/effects/status/500", body)).body())
                .isEqualTo("effect 2");
    }

    @ParameterizedTest
    @EnumSource
    void aResourceSeesNoKeyAndDerivesAnotherOneEachTime(Consistency consistency) throws Exception {
        TestService service = service(consistency);
        String first = service.send(request(service, "/effects/context", body)).body();
        String second = service.send(request(service, "/effects/context", "[" + body + "]"))
                .body();

        assertThat(first)
                .contains("\"key\":\"none\"", "\"scope\":\"user:ann\"")
                .containsPattern("\"fencing\":[1-9]\\d+");
        assertThat(second).doesNotContain(charge(first));
    }

    @Test
    void theWindowEnds() throws Exception {
        brief.send(request(brief, "/effects", body));

        await().until(() -> {
            brief.send(request(brief, "/effects", body));
            return brief.effects().count() == 2;
        });
        assertThat(off.admin("/prometheus")).doesNotContain("layer=\"fingerprint\"");
        assertThat(brief.admin("/prometheus")).contains("layer=\"fingerprint\"");
    }

    @Test
    void callersWithoutANameAreNotCompared() throws Exception {
        HttpRequest nobody = HttpRequest.newBuilder(
                        request(fast, "/effects", body), (name, value) -> !name.equals("X-User"))
                .build();
        fast.send(nobody);
        fast.send(nobody);

        assertThat(fast.effects().count()).isEqualTo(2);
    }

    @Test
    void norAreThoseWhomARouteTakesWithoutAName() throws Exception {
        assertThat(open("/open", "X-Other", "1")).isNotEqualTo(open("/open", "X-Other", "1"));
        assertThat(open("/open", "X-User", "ann")).isEqualTo(open("/open", "X-User", "ann"));
    }

    @Test
    void whereTheRouteAsksForItStrangersAreToldApartByWhatTheySend() throws Exception {
        String ofAnn = open("/open/asking", "Cookie", "session=ann");

        assertThat(open("/open/asking", "Cookie", "session=ann")).isEqualTo(ofAnn);
        assertThat(open("/open/asking", "Cookie", "session=bob")).isNotEqualTo(ofAnn);
        assertThat(open("/open/asking", "Authorization", "session=ann")).isNotEqualTo(ofAnn);
        assertThat(open("/open/asking", "X-User", "ann")).isNotEqualTo(ofAnn);
    }

    private String open(String path, String header, String value) throws Exception {
        HttpRequest anonymous = HttpRequest.newBuilder(
                        request(open, path, body), (name, unused) -> !name.equals("X-User"))
                .header(header, value)
                .build();
        return open.send(anonymous).body();
    }

    @Test
    void whereTheFileSaysSoNothingIsCompared() throws Exception {
        off.send(request(off, "/effects", body));
        off.send(request(off, "/effects", body));

        assertThat(off.effects().count()).isEqualTo(2);
    }

    private static String charge(String answer) {
        return answer.replaceAll(".*\"charge\":\"([^\"]+)\".*", "$1");
    }

    private TestService service(Consistency consistency) {
        return consistency == Consistency.FAST ? fast : strict;
    }

    private static HttpRequest request(TestService service, String path, String body) {
        return service.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static TestService start(TestRedis redis, TestDatabase database, String consistency, String fingerprint)
            throws Exception {
        return TestService.start(
                redis, database, "{ consistency: " + consistency + ", policy: { fingerprint: " + fingerprint + " } }");
    }
}
