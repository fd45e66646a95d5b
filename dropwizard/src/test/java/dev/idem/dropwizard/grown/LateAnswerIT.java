package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer of a timeout says nothing of the work: its key stays taken until the work answers, or is held. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LateAnswerIT {
    private final TestRedis redis;
    private final TestDatabase database;
    private final Grown grown;
    private final Grown impatient;

    LateAnswerIT(TestRedis redis, TestDatabase database) throws Exception {
        this.redis = redis;
        this.database = database;
        grown = new Grown(redis, database, atOnce());
        impatient = new Grown(redis, database, atOnce(), ConfigOverride.config("idempotency.policy.lateAnswer", "1s"));
    }

    @AfterAll
    void close() {
        impatient.close();
        grown.close();
    }

    @ParameterizedTest
    @CsvSource({
        "none, 503",
        "accepted, 202",
        "captured, 200",
        "cancelled, 503",
        "failing, 500",
        "elsewhere, 504",
        "extended, 200"
    })
    void aTimeoutLeavesTheKeyTakenAndTheLateAnswerIsReplayed(String timeout, int status) throws Exception {
        String name = Grown.newKey();
        HttpResponse<byte[]> first = send(grown, name, timeout);
        HttpResponse<byte[]> meanwhile = send(grown, name, timeout);
        HttpResponse<byte[]> elsewhere = send(impatient, name, timeout);
        String arrived = arrive(grown, name, "entity");
        HttpResponse<byte[]> repeat = send(grown, name, timeout);
        HttpResponse<byte[]> other = send(impatient, name, timeout);

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(problem(meanwhile)).isEqualTo("request-in-progress");
        assertThat(problem(elsewhere)).isEqualTo("request-in-progress");
        assertThat(arrived).isEqualTo("false");
        assertReplayed(repeat, 200);
        assertReplayed(other, 200);
        assertThat(text(repeat)).startsWith("{\"data\":{\"number\":").isEqualTo(text(other));
        assertThat(repeat.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(repeat.headers().allValues("X-Served-By")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"response, 202", "empty, 204", "conflict, 409"})
    void itIsTheAnswerThatTheClientWouldHaveGot(String answer, int status) throws Exception {
        String inTime = Grown.newKey();
        var first = grown.sendLater(grown.post("/deliveries/" + inTime + "?timeout=never", inTime));
        String arrived =
                Awaitility.await().ignoreExceptions().until(() -> arrive(grown, inTime, answer), "true"::equals);
        String late = Grown.newKey();
        send(grown, late, "none");
        arrive(grown, late, answer);
        HttpResponse<byte[]> repeat = send(grown, late, "none");

        assertThat(arrived).isEqualTo("true");
        assertReplayed(repeat, status);
        assertThat(repeat.statusCode()).isEqualTo(first.get().statusCode());
        assertThat(repeat.headers().allValues("X-Letter"))
                .isEqualTo(first.get().headers().allValues("X-Letter"));
        assertThat(text(repeat).replaceAll("\\d+", ""))
                .isEqualTo(text(first.get()).replaceAll("\\d+", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "broken"})
    void anAnswerThatIsNotStoredFreesTheKey(String answer) throws Exception {
        String name = Grown.newKey();
        send(grown, name, "none");
        int before = sent(grown);
        arrive(grown, name, answer);
        send(grown, name, "none");

        assertThat(sent(grown)).isEqualTo(before + 1);
    }

    @Test
    void aCancellationAfterTheTimeoutSaysNothing() throws Exception {
        String name = Grown.newKey();
        send(grown, name, "none");
        arrive(grown, name, "cancel");

        assertThat(problem(send(grown, name, "none"))).isEqualTo("request-in-progress");
        arrive(grown, name, "entity");
        assertReplayed(send(grown, name, "none"), 200);
    }

    @Test
    void whatIsAnsweredAfterTheClientHasGoneIsStored() throws Exception {
        String name = Grown.newKey();
        send(grown, name, "gone");
        assertThat(problem(send(grown, name, "gone"))).isEqualTo("request-in-progress");
        arrive(grown, name, "entity");

        assertReplayed(send(grown, name, "gone"), 200);
    }

    @Test
    void withoutAnAnswerTheKeyIsHeld() throws Exception {
        String name = Grown.newKey();
        send(impatient, name, "none");
        int before = sent(impatient);

        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> problem(send(grown, name, "none")), "outcome-unknown"::equals);
        arrive(impatient, name, "entity");
        assertThat(problem(send(impatient, name, "none"))).isEqualTo("outcome-unknown");
        assertThat(sent(impatient)).isEqualTo(before);
    }

    @Test
    void whenItsNodeStopsTheKeyIsHeld() throws Exception {
        String name = Grown.newKey();
        try (Grown stopping = new Grown(redis, database, atOnce())) {
            send(stopping, name, "none");
        }

        assertThat(problem(send(grown, name, "none"))).isEqualTo("outcome-unknown");
    }

    @Test
    void whatAnAtomicMethodDoesIsCommittedWithItsLateAnswer() throws Exception {
        String name = Grown.newKey();
        String path = "/deliveries/atomic/" + name;
        HttpResponse<byte[]> first = grown.send(grown.post(path, name));
        HttpResponse<byte[]> meanwhile = grown.send(grown.post(path, name));
        arrive(grown, name, "entity");
        HttpResponse<byte[]> repeat = grown.send(grown.post(path, name));

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(problem(meanwhile)).isEqualTo("request-in-progress");
        assertReplayed(repeat, 200);
        assertThat(rows(name)).isEqualTo(2);
    }

    @Test
    void whatAnAtomicMethodDoesIsRolledBackIfItFailsLate() throws Exception {
        String committed = Grown.newKey();
        grown.send(grown.post("/deliveries/atomic/" + committed, committed));
        arrive(grown, committed, "entity");
        String name = Grown.newKey();
        String path = "/deliveries/atomic/" + name;
        grown.send(grown.post(path, name));
        arrive(grown, name, "broken");

        assertThat(rows(name)).isZero();
        grown.send(grown.post(path, name));
        arrive(grown, name, "entity");
        assertThat(rows(name)).isEqualTo(2);
    }

    /** One for each application: it remembers what it replaces. */
    private static ConfigOverride atOnce() {
        return ConfigOverride.config("idempotency.policy.wait", "0s");
    }

    private static HttpResponse<byte[]> send(Grown node, String name, String timeout) throws Exception {
        return node.send(node.post("/deliveries/" + name + "?timeout=" + timeout, name));
    }

    private static String arrive(Grown node, String name, String answer) throws Exception {
        HttpResponse<byte[]> response =
                node.send(node.request("/deliveries/" + name + '/' + answer).GET());
        assertThat(response.statusCode()).isEqualTo(200);
        return text(response);
    }

    private static int sent(Grown node) throws Exception {
        return Integer.parseInt(text(node.send(node.request("/deliveries/sent").GET())));
    }

    private int rows(String name) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var query = connection.prepareStatement("SELECT count(*) FROM deliveries WHERE name LIKE ? || '%'")) {
            query.setString(1, name);
            try (var result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    private static void assertReplayed(HttpResponse<byte[]> repeat, int status) {
        assertThat(repeat.statusCode()).as(text(repeat)).isEqualTo(status);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    /** The last part of the problem's type. */
    private static String problem(HttpResponse<byte[]> response) {
        return text(response).replaceAll("(?s).*\"type\":\"[^\"]*/([a-z-]+)\".*", "$1");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
