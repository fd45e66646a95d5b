package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A method says itself what becomes of its answer. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AnswerWordIT {
    private final TestDatabase database;
    private final Grown grown;

    AnswerWordIT(TestRedis redis, TestDatabase database) throws Exception {
        this.database = database;
        grown = new Grown(
                redis,
                database,
                ConfigOverride.config("idempotency.policy.wait", "0s"),
                ConfigOverride.config("idempotency.policy.consistency", "strict"),
                ConfigOverride.config("idempotency.policy.storeClientErrors", "false"));
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @CsvSource({
        "parameter, 200",
        "parameter, 204",
        "parameter, 422",
        "field, 201",
        "thread, 200",
        "stream, 200",
        "thrown, 409",
        "mapper, 404"
    })
    void aRequestThatTookNoEffectExecutesAgain(String place, int status) throws Exception {
        String path = "/vouchers?say=tookNoEffect&at=" + place + "&status=" + status;
        String one = Grown.newKey();
        HttpResponse<byte[]> first = send(path, one);
        int before = issued();
        HttpResponse<byte[]> second = send(path, one);

        assertThat(first.statusCode()).isEqualTo(status);
        assertThat(second.statusCode()).isEqualTo(status);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(issued()).isEqualTo(before + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "parameter, 200",
        "parameter, 204",
        "parameter, 503",
        "field, 201",
        "thread, 200",
        "stream, 201",
        "thrown, 500",
        "mapper, 404"
    })
    void aWithheldAnswerIsSentOnceAndItsRequestExecutesOnce(String place, int status) throws Exception {
        String path = "/vouchers?say=withhold&at=" + place + "&status=" + status;
        String one = Grown.newKey();
        HttpResponse<byte[]> first = send(path, one);
        int before = issued();

        assertThat(first.statusCode()).isEqualTo(status);
        if (status != 204) {
            assertThat(text(first)).contains("\"number\":" + before);
        }
        HttpResponse<byte[]> repeat = send(path, one);
        assertThat(problem(repeat)).isEqualTo("response-not-stored");
        assertThat(text(repeat)).contains("its answer is not stored");
        assertThat(issued()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({
        "parameter, 404",
        "parameter, 412",
        "parameter, 429",
        "parameter, 500",
        "field, 409",
        "thread, 503",
        "thrown, 422",
        "mapper, 501"
    })
    void aFinalAnswerIsStoredWhateverItsStatusIs(String place, int status) throws Exception {
        String path = "/vouchers?say=store&at=" + place + "&status=" + status;
        String one = Grown.newKey();
        HttpResponse<byte[]> first = send(path, one);
        int before = issued();
        HttpResponse<byte[]> repeat = send(path, one);

        assertThat(repeat.statusCode()).isEqualTo(status).isEqualTo(first.statusCode());
        assertThat(text(repeat)).isEqualTo(text(first)).contains("number");
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(issued()).isEqualTo(before);
        assertThat(grown.admin("/idempotency-prometheus"))
                .contains("idempotency_method_words_total{route=\"POST /vouchers\",word=\"store\"}");
    }

    /** Its answer fails when the method has taken effect. Without a word, a 5xx frees the key. */
    @Test
    void aMethodThatMustNotRunAgainSaysSoBeforeItsAnswerIsWritten() throws Exception {
        String silent = Grown.newKey();
        assertThat(send("/vouchers?at=unwritten", silent).statusCode()).isEqualTo(500);
        int executed = issued();
        assertThat(send("/vouchers?at=unwritten", silent).statusCode()).isEqualTo(500);
        assertThat(issued()).isEqualTo(executed + 1);

        String certain = Grown.newKey();
        HttpResponse<byte[]> first = send("/vouchers?at=unwritten&say=store", certain);
        HttpResponse<byte[]> repeat = send("/vouchers?at=unwritten&say=store", certain);
        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(text(repeat)).isEqualTo(text(first));
        assertThat(issued()).isEqualTo(executed + 2);
    }

    @Test
    void theLastWordCounts() throws Exception {
        String key = Grown.newKey();
        String path = "/vouchers?say=withhold&say=tookNoEffect&say=store&status=500";
        String first = text(send(path, key));

        assertThat(text(send(path, key))).isEqualTo(first);
    }

    @Test
    void itComesTooLateWhenTheAnswerHasBeenGiven() throws Exception {
        String key = Grown.newKey();
        send("/vouchers?say=nothing", key);

        assertThat(later(key, "withhold")).contains("has been decided", "say it before the method answers");
        assertThat(send("/vouchers?say=nothing", key).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }

    @Test
    void aWordWithoutAKeyIsAccepted() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> answer = grown.send(grown.request("/vouchers?say=withhold")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"once\":\"" + key + "\"}")));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"withhold, response-not-stored", "tookNoEffect, request-in-progress", "store, replayed"})
    void itCountsForALateAnswerToo(String word, String then) throws Exception {
        String one = Grown.newKey();
        assertThat(send("/vouchers/late", one).statusCode()).isEqualTo(503);
        int before = issued();
        assertThat(later(one, word)).isEqualTo("said");
        HttpResponse<byte[]> repeat = send("/vouchers/late", one);

        assertThat(issued()).isEqualTo(word.equals("tookNoEffect") ? before + 1 : before);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed").isPresent())
                .isEqualTo(then.equals("replayed"));
        if (word.equals("withhold")) {
            assertThat(problem(repeat)).isEqualTo(then);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "tookNoEffect, 200, 0, 200",
        "withhold, 200, 1, 409",
        "withhold, 500, 1, 409",
        "store, 503, 1, 503",
        "nothing, 422, 0, 422"
    })
    void itDecidesWhatAnAtomicMethodLeaves(String word, int status, int rows, int repeated) throws Exception {
        String one = Grown.newKey();
        String path = "/vouchers/atomic?say=" + word + "&status=" + status + "&name=" + one;
        assertThat(send("/vouchers/atomic?say=store&name=table", Grown.newKey()).statusCode())
                .isEqualTo(200);
        assertThat(send(path, one).statusCode()).isEqualTo(status);
        assertThat(rows(one)).isEqualTo(rows);

        assertThat(send(path, one).statusCode()).isEqualTo(repeated);
        assertThat(rows(one)).isEqualTo(rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"tookNoEffect", "store"})
    void anAtomicMethodWithoutALeaseIsRolledBackByItToo(String word) throws Exception {
        String one = Grown.newKey();
        assertThat(send("/vouchers/atomic?say=store&name=table", Grown.newKey()).statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> first =
                grown.send(grown.request("/vouchers/atomic?say=" + word + "&status=500&name=" + one)
                        .POST(BodyPublishers.noBody()));

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(rows(one)).isEqualTo(word.equals("store") ? 1 : 0);
    }

    @Test
    void theNextAttemptHasAHigherNumber() throws Exception {
        String key = Grown.newKey();
        CompletableFuture<HttpResponse<byte[]>> dead = grown.sendLater(grown.post("/vouchers/attempts", key));
        Awaitility.await().until(() -> text(grown.send(
                        grown.request("/vouchers/waiting/" + key).GET()))
                .equals("true"));
        long fencing = itsOwnerDies(key);
        String second = text(send("/vouchers/attempts", key));

        assertThat(second).contains("\"attempt\":2");
        assertThat(Long.parseLong(second.replaceAll(".*\"fencing\":(\\d+).*", "$1")))
                .isGreaterThan(fencing);
        assertThat(later(key, "nothing")).isEqualTo("released");
        assertThat(text(dead.get())).isEqualTo(second);
    }

    private HttpResponse<byte[]> send(String path, String with) throws Exception {
        return grown.send(grown.post(path, with));
    }

    private String later(String of, String word) throws Exception {
        return text(
                grown.send(grown.request("/vouchers/late/" + of + '/' + word).GET()));
    }

    private int issued() throws Exception {
        return Integer.parseInt(
                text(grown.send(grown.request("/vouchers/issued").GET())));
    }

    /** Nobody sends its heartbeats any more. Returns its fencing number. */
    private long itsOwnerDies(String of) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var update = connection.prepareStatement("""
                        UPDATE idempotency_records
                        SET owner = gen_random_uuid(), heartbeat_at = heartbeat_at - interval '1 hour'
                        WHERE key = ? RETURNING fencing""")) {
            update.setString(1, of);
            try (var row = update.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private int rows(String name) throws Exception {
        try (var connection = DriverManager.getConnection(database.jdbcUrl());
                var query = connection.prepareStatement("SELECT count(*) FROM vouchers WHERE name = ?")) {
            query.setString(1, name);
            try (var result = query.executeQuery()) {
                result.next();
                return result.getInt(1);
            }
        }
    }

    /** The last part of the problem's type. */
    private static String problem(HttpResponse<byte[]> response) {
        return text(response).replaceAll("(?s).*\"type\":\"[^\"]*/([a-z-]+)\".*", "$1");
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
