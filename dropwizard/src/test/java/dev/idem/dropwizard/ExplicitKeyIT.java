package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for requests with a key, over real HTTP. */
@ExtendWith(ServersExtension.class)
final class ExplicitKeyIT {
    private static final int STORED_AT_MOST = 64 * 1024;
    private static final String POLICY =
            "policy: { fingerprint: { enabled: false }, maxStoredBody: 64KiB, maxRequestBody: 64KiB }";

    private final String key = TestService.newKey();
    private static TestService service;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, POLICY);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forget() {
        service.effects().forget();
    }

    @Test
    void aRepeatIsAnsweredWithTheFirstAnswer() throws Exception {
        HttpResponse<String> first = service.post("/effects", key);
        HttpResponse<String> repeat = service.post("/effects", key);

        assertThat(service.effects().count()).isEqualTo(1);
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Location"))
                .isPresent()
                .isEqualTo(first.headers().firstValue("Location"));
        assertThat(repeat.headers().firstValue("Content-Type"))
                .isEqualTo(first.headers().firstValue("Content-Type"));
        assertThat(repeat.headers().allValues("X-Part")).containsExactly("one", "two");
    }

    @Test
    void aCookieOfTheFirstAnswerIsNotReplayed() throws Exception {
        assertThat(service.post("/effects", key).headers().firstValue("Set-Cookie"))
                .isPresent();
        assertThat(service.post("/effects", key).headers().firstValue("Set-Cookie"))
                .isEmpty();
    }

    @Test
    void theQuotedAndTheBareFormNameTheSameKey() throws Exception {
        service.post("/effects", key);
        HttpResponse<String> repeat = service.post("/effects", '"' + key + "\";some=parameter");

        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(repeat.headers().firstValue("Idempotency-Key")).contains(key);
    }

    @Test
    void anotherKeyIsAnotherRequestEvenWithTheSameBody() throws Exception {
        service.post("/effects", key);
        service.post("/effects", TestService.newKey());

        assertThat(service.effects().count()).isEqualTo(2);
    }

    @Test
    void anotherUsersSameKeyIsUnrelated() throws Exception {
        service.post("/effects", key);
        HttpResponse<String> ofBob = service.send(
                HttpRequest.newBuilder(service.post("/effects", key, "{}"), (name, value) -> !name.equals("X-User"))
                        .header("X-User", "bob")
                        .build());

        assertThat(ofBob.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(service.effects().count()).isEqualTo(2);
    }

    @Test
    void aKeyOfNobodyIsRefused() throws Exception {
        HttpRequest anonymous = HttpRequest.newBuilder(
                        service.post("/effects", key, "{}"), (name, value) -> !name.equals("X-User"))
                .build();

        assertProblem(service.send(anonymous), 401, "unauthorized");
        assertThat(service.effects().count()).isZero();
    }

    @Test
    void racingRepeatsTakeEffectOnceAndGetTheSameAnswer() throws Exception {
        CountDownLatch gate = service.effects().close();
        List<CompletableFuture<HttpResponse<String>>> racing = Stream.generate(
                        () -> service.sendLater(service.post("/effects/slow", key, "{}")))
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
    @ValueSource(strings = {"", "abc", "\"abc\"", "\"8e03978e-40d5-43dd-bc93-6894a57f9324", "a,b"})
    void aMalformedKeyIsRefused(String malformed) throws Exception {
        assertProblem(service.post("/effects", malformed), 400, "invalid-key");
        assertThat(service.effects().count()).isZero();
    }

    @Test
    void severalDifferentKeysAreRefusedAndSeveralEqualOnesAreOne() throws Exception {
        HttpRequest different = HttpRequest.newBuilder(service.post("/effects", key, "{}"), (name, value) -> true)
                .header("Idempotency-Key", TestService.newKey())
                .build();
        HttpRequest same = HttpRequest.newBuilder(service.post("/effects", key, "{}"), (name, value) -> true)
                .header("Idempotency-Key", key)
                .build();

        assertProblem(service.send(different), 400, "invalid-key");
        assertThat(service.send(same).statusCode()).isEqualTo(201);
    }

    @Test
    void aKeyForAnotherBodyPathQueryMethodOrTypeIsReused() throws Exception {
        service.post("/effects", key);

        assertProblem(service.send(service.post("/effects", key, "{\"a\":1}")), 422, "key-reused");
        assertProblem(service.post("/effects/empty", key), 422, "key-reused");
        assertProblem(service.post("/effects?a=b", key), 422, "key-reused");
        assertProblem(
                service.send(service.request("/effects/1")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/json")
                        .DELETE()
                        .build()),
                422,
                "key-reused");
        assertProblem(
                service.send(service.request("/effects")
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "text/plain")
                        .POST(BodyPublishers.ofString("{}"))
                        .build()),
                422,
                "key-reused");
        assertThat(service.effects().count()).isEqualTo(1);
        assertThat(service.post("/effects", key).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void aKeyIsReusedAlsoWhileTheFirstRequestStillRuns() throws Exception {
        CountDownLatch gate = service.effects().close();
        CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post("/effects/slow", key, "{}"));
        await().until(() -> service.effects().count() > 0);

        assertProblem(service.send(service.post("/effects/slow", key, "{\"a\":1}")), 422, "key-reused");
        gate.countDown();
        assertThat(first.get().body()).isEqualTo("effect 1");
    }

    @Test
    void theSameJsonWrittenInAnotherWayIsTheSameRequest() throws Exception {
        service.send(service.post("/effects/json", key, "{\"a\":1,\"b\":[true]}"));
        HttpResponse<String> repeat = service.send(service.post("/effects/json", key, "{ \"b\": [true], \"a\": 1.0 }"));

        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 408, 412, 425, 429})
    void aPassingFailureLeavesTheKeyFree(int status) throws Exception {
        assertThat(service.post("/effects/status/" + status, key).statusCode()).isEqualTo(status);
        HttpResponse<String> again = service.post("/effects/status/" + status, key);

        assertThat(again.body()).isEqualTo("effect 2");
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
    }

    @Test
    void aFreshPreconditionIsNotAnsweredWithTheOldRefusal() throws Exception {
        assertThat(guarded("\"1\"").statusCode()).isEqualTo(412);

        HttpResponse<String> fresh = guarded("\"2\"");
        assertThat(fresh.statusCode()).isEqualTo(200);
        assertThat(fresh.headers().firstValue("Idempotent-Replayed")).isEmpty();

        HttpResponse<String> repeat = guarded("\"1\"");
        assertThat(repeat.body()).isEqualTo(fresh.body());
        assertThat(repeat.headers().firstValue("ETag")).contains("\"3\"");
    }

    private HttpResponse<String> guarded(String condition) throws Exception {
        return service.send(service.request("/effects/guarded")
                .header("Idempotency-Key", key)
                .header("If-Match", condition)
                .PUT(BodyPublishers.ofString(""))
                .build());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 400, 404, 409, 422})
    void whatTheHandlerItselfAnswersIsKept(int status) throws Exception {
        service.post("/effects/status/" + status, key);
        HttpResponse<String> repeat = service.post("/effects/status/" + status, key);

        assertThat(repeat.statusCode()).isEqualTo(status);
        assertThat(repeat.body()).isEqualTo("effect 1");
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    @Test
    void anAnswerWithoutABodyIsKept() throws Exception {
        service.post("/effects/empty", key);
        HttpResponse<String> repeat = service.post("/effects/empty", key);

        assertThat(repeat.statusCode()).isEqualTo(204);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(service.effects().count()).isEqualTo(1);
    }

    @Test
    void aBinaryAnswerIsReplayedByteForByte() throws Exception {
        HttpRequest request = service.post("/effects/bytes?size=5000", key, "");
        byte[] first = service.sendForBytes(request).body();

        assertThat(first).hasSize(5000);
        assertThat(service.sendForBytes(request).body()).isEqualTo(first);
    }

    @Test
    void aStreamedAnswerIsReplayed() throws Exception {
        service.post("/effects/stream", key);

        assertThat(service.post("/effects/stream", key).body()).isEqualTo("effect 1 and more");
    }

    @Test
    void anAnswerTooLargeToStoreIsGivenWholeAndItsRepeatExecutesNothing() throws Exception {
        HttpRequest request = service.post("/effects/bytes?size=" + (STORED_AT_MOST + 1), key, "");

        assertThat(service.sendForBytes(request).body()).hasSize(STORED_AT_MOST + 1);
        assertProblem(service.send(request), 409, "response-not-stored");
        assertThat(service.effects().count()).isEqualTo(1);
    }

    @Test
    void anAnswerOfTheLargestSizeIsStored() throws Exception {
        HttpRequest request = service.post("/effects/bytes?size=" + STORED_AT_MOST, key, "");
        byte[] first = service.sendForBytes(request).body();

        assertThat(service.sendForBytes(request).body()).isEqualTo(first);
    }

    @Test
    void aRequestTooLargeIsRefused() throws Exception {
        HttpResponse<String> answer = service.send(service.post("/effects", key, "x".repeat(STORED_AT_MOST + 1)));

        assertProblem(answer, 413, "request-too-large");
        assertThat(service.effects().count()).isZero();
    }

    @Test
    void aChunkedRequestTooLargeIsRefused() throws Exception {
        byte[] body = new byte[STORED_AT_MOST + 1];
        HttpRequest chunked = service.request("/effects")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(body)))
                .build();

        assertProblem(service.send(chunked), 413, "request-too-large");
        assertThat(service.effects().count()).isZero();
    }

    @Test
    void theResourceReadsTheBodyThatWasSent() throws Exception {
        String body = "ä".repeat(1000);

        assertThat(service.send(service.post("/effects", key, body)).body()).contains(body);
    }

    @Test
    void aGzippedRequestIsReadAndRecognisedAsItsContent() throws Exception {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write("{\"a\":1}".getBytes(StandardCharsets.UTF_8));
        }
        HttpRequest request = service.request("/effects/json")
                .header("Idempotency-Key", key)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(zipped.toByteArray()))
                .build();

        assertThat(service.send(request).body()).isEqualTo("1 members, effect 1");
        assertThat(service.send(service.post("/effects/json", key, "{\"a\":1}"))
                        .headers()
                        .firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void eachRepeatGetsTheContentEncodingThatItAccepts() throws Exception {
        HttpRequest plain = service.post("/effects/bytes?size=2000", key, "");
        HttpRequest accepting = HttpRequest.newBuilder(plain, (name, value) -> true)
                .header("Accept-Encoding", "gzip")
                .build();
        HttpResponse<byte[]> first = service.sendForBytes(accepting);
        HttpResponse<byte[]> repeat = service.sendForBytes(plain);

        assertThat(first.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(repeat.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(new GZIPInputStream(new java.io.ByteArrayInputStream(first.body())).readAllBytes())
                .isEqualTo(repeat.body());
    }

    @Test
    void whatIsRefusedBeforeTheHandlerLeavesTheKeyFree() throws Exception {
        assertThat(service.post("/effects/valid", key).statusCode()).isEqualTo(422);
        assertThat(service.send(service.post("/effects/json", key, "{broken")).statusCode())
                .isEqualTo(400);
        assertThat(service.post("/effects/nowhere/at/all", key).statusCode()).isEqualTo(404);

        assertThat(service.post("/effects/valid?name=ann", key).body()).isEqualTo("ann 1");
    }

    @Test
    void aHandlerThatThrowsLeavesTheKeyFree() throws Exception {
        assertProblem(service.post("/effects/throws", key), 500, "internal-error");
        service.post("/effects/throws", key);

        assertThat(service.effects().count()).isEqualTo(2);
    }

    @Test
    void anAnswerThatCannotBeWrittenLeavesNoLockBehind() throws Exception {
        assertThat(service.post("/effects/unwritable", key).statusCode()).isEqualTo(500);
        service.post("/effects/unwritable", key);

        assertThat(service.effects().count()).isEqualTo(2);
        await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains("idempotency_in_flight 0"));
    }

    @Test
    void aRequestWithoutAKeyPasses() throws Exception {
        HttpRequest request =
                service.request("/effects").POST(BodyPublishers.ofString("{}")).build();
        service.send(request);
        service.send(request);

        assertThat(service.effects().count()).isEqualTo(2);
    }

    @Test
    void aGetIsNeverARepeat() throws Exception {
        HttpRequest request =
                service.request("/effects").header("Idempotency-Key", key).GET().build();

        assertThat(service.send(request).body()).isEqualTo("1");
        assertThat(service.send(request).body()).isEqualTo("2");
    }

    @Test
    void aDeleteTakesEffectOnce() throws Exception {
        HttpRequest request = service.request("/effects/1")
                .header("Idempotency-Key", key)
                .DELETE()
                .build();
        service.send(request);

        assertThat(service.send(request).statusCode()).isEqualTo(204);
        assertThat(service.effects().count()).isEqualTo(1);
    }

    @Test
    void aResourceKnowsItsKeyScopeAndAttempt() throws Exception {
        String answer = service.post("/effects/context", key).body();

        assertThat(answer)
                .contains("\"key\":\"" + key + '"')
                .contains("\"scope\":\"user:ann\"")
                .contains("\"attempt\":1")
                .containsPattern("\"fencing\":[1-9]\\d+");
    }

    @Test
    void theTaskClearsNothingThatIsAlive() throws Exception {
        CountDownLatch gate = service.effects().close();
        CompletableFuture<HttpResponse<String>> running = service.sendLater(service.post("/effects/slow", key, "{}"));
        await().until(() -> service.effects().count() > 0);

        assertThat(service.task("clear-stale?older-than=0s")).contains("redis: cleared 0", "postgresql: cleared 0");
        gate.countDown();
        assertThat(running.get().statusCode()).isEqualTo(200);
    }

    @Test
    void eachProblemHasItsPage() throws Exception {
        HttpResponse<String> page =
                service.send(service.request("/problems/key-reused").build());

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("belongs to another request");
        assertThat(service.send(service.request("/problems/nonsense").build()).statusCode())
                .isEqualTo(404);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String type) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body())
                .contains("\"type\":\"/problems/" + type + '"', "\"status\":" + status, "\"instance\":\"urn:uuid:");
    }
}
