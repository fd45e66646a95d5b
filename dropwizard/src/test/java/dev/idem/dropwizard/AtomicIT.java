package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guarantees of an atomic method, over real HTTP. */
@ExtendWith(ServersExtension.class)
final class AtomicIT {
    private static final int STORED_AT_MOST = 1_000;

    private final String key = TestService.newKey();
    private final String note = UUID.randomUUID().toString();
    private static TestService service;
    private static Books books;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, "policy: { maxStoredBody: " + STORED_AT_MOST + "B }");
        books = Books.open(database.jdbcUrl());
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void theEffectAndItsRecordAppearTogether() throws Exception {
        CountDownLatch gate = service.ledger().close();
        CompletableFuture<HttpResponse<String>> first = service.sendLater(service.post(slow(), key, "{}"));
        await().until(() -> books.openTransactions() == 1);

        assertThat(books.lines(note)).isZero();
        assertThat(books.states(key)).doesNotContain("completed");
        gate.countDown();
        assertThat(first.get().statusCode()).isEqualTo(201);
        assertThat(books.lines(note)).isEqualTo(1);
        assertThat(books.states(key)).containsExactly("completed");
    }

    @Test
    void racingRepeatsTakeEffectOnceAndGetTheSameAnswer() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> racing = Stream.generate(
                        () -> service.sendLater(service.post(path(""), key, "{}")))
                .limit(50)
                .toList();
        String first = racing.get(0).get().body();

        assertThat(racing).allSatisfy(answer -> {
            assertThat(answer.get().statusCode()).isEqualTo(201);
            assertThat(answer.get().body()).isEqualTo(first).startsWith("line ");
        });
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @Test
    void anAnswerWithoutABodyIsKeptToo() throws Exception {
        assertThat(service.post(path("/empty"), key).statusCode()).isEqualTo(204);

        assertReplayed(path("/empty"), 204, "");
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @Test
    void sqlObjectsJoinTheTransaction() throws Exception {
        assertThat(service.post(path("/dao"), key).statusCode()).isEqualTo(200);

        assertReplayed(path("/dao"), 200, "two lines");
        assertThat(books.lines(note)).isEqualTo(2);
    }

    @Test
    void aMethodThatNeverTouchesItsTransactionIsCompletedInOne() throws Exception {
        String first = service.post(path("/untouched"), key).body();

        assertThat(books.states(key)).containsExactly("completed");
        assertReplayed(path("/untouched"), 200, first);
    }

    /** Each ends on another thread, when the next may already use the same request object. */
    @Test
    void asynchronousRequestsThatFollowOneAnotherDoNotMeet() throws Exception {
        for (int i = 0; i < 100; i++) {
            String each = TestService.newKey();
            String first = service.post(path("/later/200"), each).body();
            HttpResponse<String> repeat = service.post(path("/later/200"), each);

            assertThat(repeat.statusCode()).as(repeat.body()).isEqualTo(200);
            assertThat(repeat.body()).isEqualTo(first);
        }
        assertThat(books.lines(note)).isEqualTo(100);
    }

    @Test
    void anAsynchronousMethodIsCommittedWhenItIsDone() throws Exception {
        String first = service.post(path("/later/200"), key).body();

        assertThat(first).startsWith("line ");
        assertReplayed(path("/later/200"), 200, first);
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 422})
    void aRefusalThatIsReturnedIsCommittedWithWhatWasDone(int status) throws Exception {
        String first = service.post(path("/status/" + status), key).body();

        assertReplayed(path("/status/" + status), status, first);
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/thrown/404", "/thrown/409", "/later/422"})
    void aRefusalThatIsThrownIsKeptAndNothingElse(String place) throws Exception {
        HttpResponse<String> first = service.post(path(place), key);
        int entered = service.ledger().entered();

        assertReplayed(path(place), first.statusCode(), first.body());
        assertThat(service.ledger().entered()).isEqualTo(entered);
        assertThat(books.states(key)).containsExactly("completed");
        assertThat(books.lines(note)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/status/500",
                "/status/503",
                "/status/408",
                "/status/412",
                "/status/425",
                "/status/429",
                "/thrown/503",
                "/failing",
                "/later/500",
                "/valid",
                "/unwritable",
                "/swallowed",
                "/orphan",
                "/ended"
            })
    void aFailureLeavesNothingBehindAndTheKeyFree(String place) throws Exception {
        int before = service.ledger().entered();
        HttpResponse<String> first = service.post(path(place), key);
        HttpResponse<String> again = service.post(path(place), key);

        assertThat(first.statusCode()).isGreaterThanOrEqualTo(408);
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(service.ledger().entered()).isEqualTo(place.equals("/valid") ? before : before + 2);
        assertThat(books.lines(note)).isZero();
        assertThat(books.states(key)).doesNotContain("completed");
        await().untilAsserted(() -> assertThat(books.openTransactions()).isZero());
    }

    @Test
    void aStatementThatFailedUnnoticedIsNoSuccess() throws Exception {
        HttpResponse<String> answer = service.post(path("/swallowed"), key);

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).doesNotContain("as if nothing had failed");
    }

    @Test
    void anAnswerTooLargeToKeepIsCommittedBeforeItIsSent() throws Exception {
        String large = path("/bytes") + "&size=" + STORED_AT_MOST * 100;

        assertThat(service.sendForBytes(service.post(large, key, "{}")).body()).hasSize(STORED_AT_MOST * 100);
        assertThat(books.states(key)).containsExactly("completed");
        assertThat(service.post(large, key).body()).contains("/problems/response-not-stored");
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @Test
    void anEndlessAnswerIsCommittedBeforeItIsSent() throws Exception {
        assertThat(service.post(path("/chunked"), key).body()).startsWith("line ");

        assertThat(service.post(path("/chunked"), key).body()).contains("/problems/response-not-stored");
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @Test
    void aClientThatHangsUpFirstFindsItsEffectAndItsAnswerLater() throws Exception {
        CountDownLatch gate = service.ledger().close();
        int before = service.ledger().entered();
        try (Socket impatient = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
            impatient.getOutputStream().write(onTheWire(slow()).getBytes(StandardCharsets.US_ASCII));
            impatient.getOutputStream().flush();
            await().until(() -> service.ledger().entered() > before);
        }
        gate.countDown();

        assertThat(service.post(slow(), key).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
        assertThat(books.lines(note)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/empty", "/status/409", "/later/200", "/chunked"})
    void aRequestWithoutAKeyIsCommittedToo(String place) throws Exception {
        assertThat(withoutKey(place).statusCode()).isLessThan(500);
        assertThat(books.lines(note)).isEqualTo(1);
        await("the window's end").until(() -> {
            assertThat(withoutKey(place).statusCode()).isLessThan(500);
            return books.lines(note) == 2;
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/status/503", "/thrown/404", "/failing", "/valid", "/swallowed", "/orphan", "/ended"})
    void aFailureWithoutAKeyIsRolledBackToo(String place) throws Exception {
        assertThat(withoutKey(place).statusCode()).isGreaterThanOrEqualTo(404);

        assertThat(books.lines(note)).isZero();
        await().untilAsserted(() -> assertThat(books.openTransactions()).isZero());
    }

    private void assertReplayed(String path, int status, String body) throws Exception {
        HttpResponse<String> repeat = service.post(path, key);
        assertThat(repeat.statusCode()).isEqualTo(status);
        assertThat(repeat.body()).isEqualTo(body);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    private String onTheWire(String path) {
        List<String> head = List.of(
                "POST " + path + " HTTP/1.1",
                "Host: localhost",
                "X-User: ann",
                "Idempotency-Key: " + key,
                "Content-Type: application/json",
                "Content-Length: 2");
        return String.join("\r\n", head) + "\r\n\r\n{}";
    }

    private HttpResponse<String> withoutKey(String place) throws Exception {
        return service.send(
                service.request(path(place)).POST(BodyPublishers.ofString("{}")).build());
    }

    private String slow() {
        return path("/slow");
    }

    private String path(String place) {
        return "/ledger" + place + "?note=" + note;
    }
}
