package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Work for a request that the server has ended is its own: it executes once, and touches nobody else's request. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LateClientIT {
    private static final String REPLAYED = "Idempotent-Replayed";

    private static final String CHECKED = """
            CREATE TABLE checked_couriers (name text);
            CREATE FUNCTION check_courier() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_advisory_xact_lock(7); RETURN NULL; END';
            CREATE CONSTRAINT TRIGGER checked AFTER INSERT ON checked_couriers
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_courier()""";

    private final Grown grown;
    private final Grown impatient;
    private final String jdbcUrl;

    LateClientIT(TestRedis redis, TestDatabase database) throws Exception {
        jdbcUrl = database.jdbcUrl();
        grown = new Grown(redis, database, atOnce(), http2());
        impatient = new Grown(
                redis, database, atOnce(), http2(), ConfigOverride.config("idempotency.policy.lateAnswer", "1s"));
    }

    @AfterAll
    void close() {
        impatient.close();
        grown.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "managed", "suspended"})
    void whatIsAnsweredAfterAResetIsStored(String kind) throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/" + kind + '/' + name;
        hangUp(grown, path, name);
        HttpResponse<byte[]> meanwhile = grown.send(grown.post(path, name));
        get(grown, name, "arrive");
        HttpResponse<byte[]> repeat = Awaitility.await()
                .until(() -> grown.send(grown.post(path, name)), answer -> !problem(answer)
                        .equals("request-in-progress"));

        assertThat(problem(meanwhile)).isEqualTo("request-in-progress");
        assertReplayed(repeat, 201);
        assertThat(text(repeat)).contains(name);
        assertThat(repeat.headers().firstValue("X-Courier"))
                .hasValueSatisfying(of -> assertThat(of).endsWith(name));
        assertThat(get(grown, name, "sent")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "suspended"})
    void whatIsNotAnsweredInTimeAfterAResetIsHeld(String kind) throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/" + kind + '/' + name;
        hangUp(impatient, path, name);
        HttpResponse<byte[]> repeat = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> grown.send(grown.post(path, name)), answer -> !problem(answer)
                        .equals("request-in-progress"));
        get(impatient, name, "arrive");

        assertThat(problem(repeat)).isEqualTo("outcome-unknown");
        assertThat(problem(impatient.send(impatient.post(path, name)))).isEqualTo("outcome-unknown");
        assertThat(get(impatient, name, "sent")).isEqualTo("1");
    }

    /** The server knows of the reset while a filter or the method's own call still runs. */
    @ParameterizedTest
    @CsvSource({
        "stage, slowFilter=true",
        "stage, slow=true",
        "suspended, slowFilter=true",
        "suspended, slow=true",
        "atomic, slowFilter=true",
        "atomic, slow=true"
    })
    void whatIsSuspendedAfterItsResetIsHeldInTheEnd(String kind, String slow) throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/lost/" + kind + '/' + name + '?' + slow;
        assertThat(get(impatient, name, "entered")).isEqualTo("false"); // from here on the connection is one of HTTP/2
        CompletableFuture<HttpResponse<byte[]>> first = impatient.sendLater(impatient.post(path, name));
        Awaitility.await().until(() -> get(impatient, name, "entered"), "true"::equals);
        first.cancel(true);
        Awaitility.await().until(() -> get(impatient, name, "sent"), "1"::equals);
        HttpResponse<byte[]> repeat = Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> grown.send(grown.post(path, name)), answer -> !problem(answer)
                        .equals("request-in-progress"));

        assertThat(problem(repeat)).isEqualTo("outcome-unknown");
        assertThat(get(impatient, name, "sent")).isEqualTo("1");
        Awaitility.await().until(() -> transactions() == 0);
    }

    private int transactions() throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement();
                ResultSet open = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND state = 'idle in transaction'")) {
            open.next();
            return open.getInt(1);
        }
    }

    @Test
    void whatOnlyTheServerKnewIsNotGuessed() throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/stage/" + name + "?role=teller";
        hangUp(grown, path, name);
        get(grown, name, "arrive");
        HttpResponse<byte[]> repeat = Awaitility.await()
                .until(() -> grown.send(grown.post(path, name)), answer -> !problem(answer)
                        .equals("request-in-progress"));

        assertThat(problem(repeat)).isEqualTo("response-not-stored");
        assertThat(get(grown, name, "sent")).isEqualTo("1");
    }

    @Test
    void aLateAnswerTouchesNoOtherRequestOfItsConnection() throws Exception {
        String late = Grown.newKey();
        String other = Grown.newKey();
        try (KeptConnection connection = new KeptConnection(grown.url("/"))) {
            String first = connection.post("/couriers/suspended/" + late + "?timeout=true", "ann", late);
            CompletableFuture<String> second =
                    CompletableFuture.supplyAsync(() -> connection.post("/couriers/stage/" + other, "bob", other));
            Awaitility.await().until(() -> get(grown, other, "sent"), "1"::equals);
            get(grown, late, "arrive");
            HttpResponse<byte[]> repeat = grown.send(grown.post("/couriers/suspended/" + late + "?timeout=true", late));
            get(grown, other, "arrive");

            assertThat(first).startsWith("HTTP/1.1 503");
            assertThat(second.get())
                    .startsWith("HTTP/1.1 201")
                    .contains("X-Asked-By: bob")
                    .doesNotContain(late);
            assertReplayed(repeat, 201);
            assertThat(repeat.headers().firstValue("X-Asked-By")).contains("ann");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenToTheServletResponseIsNoEmptySuccess(boolean early) throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/written/" + name + "?early=" + early;
        HttpResponse<byte[]> first = grown.send(grown.post(path, name));
        get(grown, name, "arrive");
        HttpResponse<byte[]> repeat = grown.send(grown.post(path, name));

        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(text(first)).isEmpty();
        assertThat(problem(repeat)).isEqualTo("response-not-stored");
        assertThat(get(grown, name, "sent")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "careless, audit, 500",
        "careless/atomic, audit, 500",
        "careless, refused, 500",
        "careless, closed, 503",
        "careless, nowhere, 404",
        "careless, mapped, 410"
    })
    void aMethodThatFailsSaysNothingOfTheWorkThatItHasHandedOver(String kind, String failure, int status)
            throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/" + kind + '/' + name + "?failure=" + failure;
        HttpResponse<byte[]> first = grown.send(grown.post(path, name));
        HttpResponse<byte[]> meanwhile = grown.send(grown.post(path, name));
        get(grown, name, "arrive");

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(problem(meanwhile)).isEqualTo("request-in-progress");
        assertReplayed(grown.send(grown.post(path, name)), 201);
        assertThat(get(grown, name, "sent")).isEqualTo("1");
    }

    /** The check at the commit waits for a lock. A second request that does not answer shows that the bound of the first has passed. */
    @Test
    void whatIsBeingCommittedWhenTheBoundPassesIsCommitted() throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/checked/" + name;
        String other = Grown.newKey();
        CompletableFuture<HttpResponse<byte[]>> arrival;
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement lock = connection.createStatement()) {
            lock.execute(CHECKED);
            lock.execute("SELECT pg_advisory_lock(7)");
            get(impatient, name, "sent");
            CompletableFuture<HttpResponse<byte[]>> first = impatient.sendLater(impatient.post(path, name));
            Awaitility.await().until(() -> get(impatient, name, "sent"), "1"::equals);
            arrival = impatient.sendLater(
                    impatient.request("/couriers/" + name + "/arrive").GET());
            Awaitility.await().until(() -> isWaiting(lock));
            first.cancel(true);
            Awaitility.await().until(() -> get(impatient, name, "gone"), "true"::equals);
            hangUp(impatient, "/couriers/stage/" + other, other);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> problem(grown.send(grown.post("/couriers/stage/" + other, other))),
                            "outcome-unknown"::equals);
        }

        assertThat(arrival.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        assertReplayed(grown.send(grown.post(path, name)), 201);
    }

    private static boolean isWaiting(Statement statement) throws SQLException {
        try (ResultSet waiting =
                statement.executeQuery("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")) {
            waiting.next();
            return waiting.getInt(1) == 1;
        }
    }

    @Test
    void aStatementThatRunsOnDoesNotDelayTheEnd() throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/asleep/" + name;
        impatient.send(impatient.post(path, name));
        CompletableFuture<HttpResponse<byte[]>> statement = impatient.sendLater(
                impatient.request("/couriers/" + name + "/arrive").GET());
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> problem(grown.send(grown.post(path, name))), "outcome-unknown"::equals);

        assertThat(statement.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"said", "answered"})
    void aMethodWhoseWorkNoThreadTookFreesTheKeyByItsWord(String word) throws Exception {
        String name = Grown.newKey();
        String path = "/couriers/careless/" + name + "?failure=" + word;
        grown.send(grown.post(path, name));
        grown.send(grown.post(path, name));

        assertThat(get(grown, name, "sent")).isEqualTo("2");
    }

    @Test
    void anotherListenersFaultKeepsNoMemory() throws Exception {
        String name = Grown.newKey();
        grown.send(
                grown.post("/couriers/careless/" + name + "?failure=said", name).header("X-Broken-Listener", "true"));

        Awaitility.await().untilAsserted(() -> assertThat(grown.admin("/idempotency-prometheus"))
                .containsPattern("(?m)^idempotency_body_memory_bytes 0\\.0$"));
    }

    /** Resets the stream of a request that is under way, and waits until the server has ended it; the thread of a managed one notices nothing. */
    private static void hangUp(Grown node, String path, String key) throws Exception {
        assertThat(get(node, key, "sent")).isEqualTo("0"); // from here on the connection is one of HTTP/2
        CompletableFuture<HttpResponse<byte[]>> first = node.sendLater(node.post(path, key));
        Awaitility.await().until(() -> get(node, key, "sent"), "1"::equals);
        first.cancel(true);
        Awaitility.await().until(() -> get(node, key, "gone"), "true"::equals);
    }

    private static String get(Grown node, String name, String what) throws Exception {
        HttpResponse<byte[]> response =
                node.send(node.request("/couriers/" + name + '/' + what).GET());
        assertThat(response.statusCode()).as(text(response)).isEqualTo(200);
        return text(response);
    }

    private static ConfigOverride http2() {
        return ConfigOverride.config("server.applicationConnectors[0].type", "h2c");
    }

    private static ConfigOverride atOnce() {
        return ConfigOverride.config("idempotency.policy.wait", "0s");
    }

    private static void assertReplayed(HttpResponse<byte[]> repeat, int status) {
        assertThat(repeat.statusCode()).as(text(repeat)).isEqualTo(status);
        assertThat(repeat.headers().firstValue(REPLAYED)).contains("true");
    }

    /** The last part of the problem's type. */
    private static String problem(HttpResponse<byte[]> response) {
        return text(response).replaceAll("(?s).*\"type\":\"[^\"]*/([a-z-]+)\".*", "$1");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
