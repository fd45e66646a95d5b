package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An atomic method works by plain JDBC, under an isolation of its own. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TransfersIT {
    private final String jdbcUrl;
    private final Grown grown;

    TransfersIT(TestRedis redis, TestDatabase database) throws Exception {
        jdbcUrl = database.jdbcUrl();
        grown = new Grown(redis, database);
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(Transfers.TABLE);
        }
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @Test
    void aConnectionIsTheRequestsTransaction() throws Exception {
        assertOnce("", "read committed", 1);
        assertOnce("/both", "lines in sight: 2", 2);
        assertOnce("/savepoint", "one line", 1);
    }

    @Test
    void aConnectionThatTheApplicationInjectsIsItsOwn() throws Exception {
        assertThat(body(grown.send(grown.request("/own-connection")))).isEqualTo("the application's");
    }

    @Test
    void racingRepeatsWriteOneLine() throws Exception {
        String note = note();
        String key = Grown.newKey();
        List<CompletableFuture<HttpResponse<byte[]>>> racing = Stream.generate(
                        () -> grown.sendLater(grown.post("/transfers/" + note + "/serializable", key)))
                .limit(20)
                .toList();

        assertThat(racing).allSatisfy(answer -> assertThat(body(answer.get())).isEqualTo("serializable"));
        assertThat(lines(note)).isEqualTo(1);
    }

    @Test
    void whatAMethodThrowsRollsItBack() throws Exception {
        String note = note();

        assertThat(grown.send(grown.post("/transfers/" + note + "/thrown", Grown.newKey()))
                        .statusCode())
                .isEqualTo(500);
        assertThat(lines(note)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"commit", "rollback", "close", "autocommit", "readonly", "isolation"})
    void aMethodThatEndsItsTransactionFails(String how) throws Exception {
        String note = note();
        String key = Grown.newKey();

        assertThat(grown.send(grown.post("/transfers/" + note + "/ends/" + how, key))
                        .statusCode())
                .isEqualTo(500);
        assertThat(grown.send(grown.post("/transfers/" + note + "/ends/" + how, key))
                        .headers()
                        .map())
                .doesNotContainKey("Idempotent-Replayed");
        assertThat(lines(note)).isZero();
        assertThat(body(grown.send(grown.post("/transfers/" + note + "/caught/" + how, Grown.newKey()))))
                .contains("the transaction belongs to the request: leave commit, rollback and close to the bundle");
        assertThat(lines(note)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "statement",
                "prepared",
                "call",
                "batch",
                "result",
                "statementOfResult",
                "connectionOfStatement",
                "connectionOfMetaData",
                "connectionOfSameMetaData",
                "unwrapped",
                "connection"
            })
    void whatAConnectionHasMadeEndsWithItsTransaction(String what) throws Exception {
        String note = note();

        assertThat(body(grown.send(grown.post("/stragglers/" + note + "/keep/" + what, Grown.newKey()))))
                .isEqualTo("kept");
        assertThat(body(grown.send(grown.post("/stragglers/" + note + "/use", Grown.newKey()))))
                .startsWith("failed: the request's transaction has ended");
        assertThat(lines(note)).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"statement", "metadata"})
    void theConnectionOfWhatItHasMadeIsTheSame(String what) throws Exception {
        assertThat(body(grown.send(grown.post("/stragglers/" + note() + "/ends/" + what, Grown.newKey()))))
                .startsWith("commit: the transaction belongs to the request");
        assertThat(body(grown.send(grown.post("/stragglers/" + note() + "/array", Grown.newKey()))))
                .isEqualTo("a+b");
    }

    @Test
    void anIsolationIsTheMethodsAlone() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertOnce("/serializable", "serializable", 1);
            assertOnce("/repeatable", "repeatable read", 1);
            assertOnce("", "read committed", 1);
        }
    }

    @Test
    void ofTwoThatConflictOneIsRolledBackAndItsKeyIsFree() throws Exception {
        String note = note();
        List<String> keys = List.of(Grown.newKey(), Grown.newKey());
        List<CompletableFuture<HttpResponse<byte[]>>> both = keys.stream()
                .map(key -> grown.sendLater(grown.post("/transfers/" + note + "/pair", key)))
                .toList();
        List<Integer> answered =
                List.of(both.get(0).get().statusCode(), both.get(1).get().statusCode());

        assertThat(answered).containsExactlyInAnyOrder(200, 503);
        assertThat(lines(note)).isEqualTo(1);
        HttpResponse<byte[]> refused = both.get(answered.indexOf(503)).get();
        assertThat(body(refused)).contains("is rolled back; nothing took effect");
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
    }

    private void assertOnce(String path, String answer, int lines) throws Exception {
        String note = note();
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post("/transfers/" + note + path, key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/transfers/" + note + path, key));

        assertThat(body(first)).isEqualTo(answer);
        assertThat(body(repeat)).isEqualTo(answer);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(lines(note)).isEqualTo(lines);
    }

    private int lines(String note) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement select =
                        connection.prepareStatement("SELECT count(*) FROM transfers WHERE note = ?")) {
            select.setString(1, note);
            try (ResultSet counted = select.executeQuery()) {
                counted.next();
                return counted.getInt(1);
            }
        }
    }

    private static String note() {
        return UUID.randomUUID().toString();
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
