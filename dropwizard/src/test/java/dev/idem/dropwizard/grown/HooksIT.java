package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The application is told of each execution before it begins, and of each replay. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HooksIT {
    private final Grown grown;

    HooksIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain?what=x", "atomic", "stage", "suspended", "managed"})
    void eachIsCalledOnceInOrder(String method) throws Exception {
        String key = Grown.newKey();
        String route = "POST /ledger/" + method.split("\\?", 2)[0];
        assertThat(text(send(method, key))).isEqualTo("booked");
        assertThat(text(send(method, key))).isEqualTo("booked");
        send(method, key);

        String replay = "replay of 200 on " + route + " for user:ann";
        assertThat(entries(key))
                .isEqualTo(
                        "execution 1 of " + route + " for user:ann, numbered true; method; " + replay + "; " + replay);
    }

    @ParameterizedTest
    @CsvSource({
        "refusal, plain?what=x, 402",
        "own, plain?what=x, 410",
        "checked, plain?what=x, 500",
        "refusal, atomic, 402",
        "own, stage, 410",
        "refusal, suspended, 402",
        "own, managed, 410"
    })
    void whatTheHookRefusesDoesNotExecuteAndItsKeyIsFree(String how, String method, int status) throws Exception {
        String key = Grown.newKey();
        trouble(key, how);
        assertThat(send(method, key).statusCode()).isEqualTo(status);
        assertThat(send(method, key).statusCode()).isEqualTo(status);
        assertThat(entries(key)).doesNotContain("method");
        trouble(key, "none");

        assertThat(text(send(method, key))).isEqualTo("booked");
        assertThat(entries(key)).containsOnlyOnce("method").doesNotContain("replay");
    }

    @Test
    void aReplayIsSentThoughItsHookFails() throws Exception {
        String key = Grown.newKey();
        send("stage", key);
        trouble(key, "any");
        HttpResponse<byte[]> replay = send("stage", key);

        assertThat(text(replay)).isEqualTo("booked");
        assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(entries(key)).containsOnlyOnce("replay");
    }

    @Test
    void whatIsRefusedBeforeIsNoExecution() throws Exception {
        String key = Grown.newKey();

        assertThat(send("plain", key).statusCode()).isBetween(400, 422);
        assertThat(entries(key)).isEmpty();
    }

    @Test
    void aHookMaySayWhatBecomesOfAnswers() throws Exception {
        String key = Grown.newKey();
        trouble(key, "secret");

        assertThat(send("plain?what=x", key).statusCode()).isEqualTo(200);
        assertThat(text(send("plain?what=x", key))).contains("response-not-stored");
    }

    @Test
    void inShadowNeitherIsCalled() throws Exception {
        String key = Grown.newKey();
        grown.task("idempotency-rollout?shadow=on");
        send("plain?what=x", key);
        send("plain?what=x", key);
        grown.task("idempotency-rollout?shadow=off");

        assertThat(entries(key)).isEmpty();
    }

    private HttpResponse<byte[]> send(String method, String key) throws Exception {
        return grown.send(grown.post("/ledger/" + method, key));
    }

    private String entries(String key) throws Exception {
        return text(grown.send(grown.request("/ledger/" + key).GET()));
    }

    private void trouble(String key, String kind) throws Exception {
        grown.send(grown.request("/ledger/" + key + '/' + kind).GET());
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
