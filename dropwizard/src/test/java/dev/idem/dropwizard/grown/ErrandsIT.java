package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stored answer claims nothing that was rolled back, and is what the first client got. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // started before each test
final class ErrandsIT {
    private static String jdbcUrl;
    private static Grown grown;

    private HttpResponse<byte[]> first;
    private HttpResponse<byte[]> repeat;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        jdbcUrl = database.jdbcUrl();
        // One connection for all: the next request gets what this one has left.
        grown = new Grown(
                redis,
                database,
                ConfigOverride.config("database.initialSize", "1"),
                ConfigOverride.config("database.minSize", "1"),
                ConfigOverride.config("database.maxSize", "2"));
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(Errands.TABLE);
        }
    }

    @AfterAll
    static void stop() {
        grown.close();
    }

    private void sendTwice(String path) throws Exception {
        String key = Grown.newKey();
        first = grown.send(grown.post("/errands/" + path, key));
        repeat = grown.send(grown.post("/errands/" + path, key));
    }

    private static boolean isReplay(HttpResponse<byte[]> response) {
        return response.headers().firstValue("Idempotent-Replayed").isPresent();
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }

    private static Optional<String> header(HttpResponse<byte[]> response, String name) {
        return response.headers().firstValue(name);
    }

    private static int lines(String note) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                PreparedStatement select = connection.prepareStatement("SELECT count(*) FROM errands WHERE note = ?")) {
            select.setString(1, note);
            try (ResultSet counted = select.executeQuery()) {
                counted.next();
                return counted.getInt(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "thrown/303",
                "thrown/200",
                "stage/303",
                "stage/201",
                "resumed/303",
                "resumed/200",
                "withheld/409"
            })
    void aSuccessThatWasThrownIsNotStoredSinceItsEffectIsRolledBack(String way) throws Exception {
        String note = Grown.newKey();
        sendTwice(note + '/' + way);

        assertThat(first.statusCode()).isEqualTo(Integer.parseInt(way.split("/", 2)[1]));
        assertThat(lines(note)).isZero();
        assertThat(repeat.statusCode()).isEqualTo(first.statusCode());
        assertThat(isReplay(repeat)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"thrown/409", "stage/404", "resumed/410"})
    void aRefusalThatWasThrownIsStored(String way) throws Exception {
        String note = Grown.newKey();
        sendTwice(note + '/' + way);

        assertThat(lines(note)).isZero();
        assertThat(isReplay(repeat)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"readonly", "isolation", "schema", "local", "ended", "name", "names", "timeout"})
    void theNextRequestFindsTheSessionAsItWas(String how) throws Exception {
        String before = body(grown.send(grown.post("/errands/before/session/none", Grown.newKey())));
        for (int i = 0; i < 3; i++) {
            int unused = grown.send(grown.post("/errands/any/session/" + how, Grown.newKey()))
                    .statusCode();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(body(grown.send(grown.post("/errands/after/session/none", Grown.newKey()))))
                    .isEqualTo(before);
        }
    }

    @Test
    void aSearchPathOfTheTransactionDoesNotHideTheLayersTables() throws Exception {
        String note = Grown.newKey();
        sendTwice(note + "/local?sql=search_path=pg_catalog");

        assertThat(body(first)).isEqualTo("done");
        assertThat(isReplay(repeat)).isTrue();
        assertThat(lines(note)).isEqualTo(1);
    }

    /** No store is away: the application has to be changed. */
    @Test
    void aRoleThatMayNotWriteTheRecordIsAnErrorOfTheMethod() throws Exception {
        String note = Grown.newKey();
        sendTwice(note + "/local?sql=role=pg_monitor");

        assertThat(first.statusCode()).isEqualTo(500);
        assertThat(repeat.statusCode()).isEqualTo(500);
        assertThat(lines(note)).isZero();
    }

    @Test
    void aBodyOfWhichOnlyAPartIsThereIsNotStored() throws Exception {
        String note = Grown.newKey();
        sendTwice(note + "/truncated");

        assertThat(lines(note)).isEqualTo(1);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(body(repeat)).contains("/problems/response-not-stored");
        assertThat(lines(note)).isEqualTo(1);
    }

    @Test
    void whatIsWrittenToTheResponseOfTheAsyncContextIsStored() throws Exception {
        sendTwice("any/asynchronous");

        assertThat(body(first)).startsWith("effect ");
        assertThat(isReplay(repeat)).isTrue();
        assertThat(body(repeat)).isEqualTo(body(first));
    }

    @Test
    void aStatusThatIsSentAsAnErrorThoughItIsNoneIsStoredFirst() throws Exception {
        sendTwice("any/seen");

        assertThat(first.statusCode()).isEqualTo(304);
        assertThat(isReplay(repeat)).isTrue();
        assertThat(header(repeat, "X-Number")).isEqualTo(header(first, "X-Number"));
    }

    @Test
    void aMethodThatIsBuiltWithoutAnnotationsIsProtected() throws Exception {
        String key = Grown.newKey();
        first = grown.send(grown.post("/errands-inflected", key));
        repeat = grown.send(grown.post("/errands-inflected", key));

        assertThat(body(first)).startsWith("effect ");
        assertThat(isReplay(repeat)).isTrue();
    }

    @Test
    void aReplayHasNoContentTypeIfTheFirstAnswerHadNone() throws Exception {
        sendTwice("any/untyped");

        assertThat(isReplay(repeat)).isTrue();
        assertThat(body(repeat)).isEqualTo(body(first));
        assertThat(header(repeat, "Content-Type")).isEqualTo(header(first, "Content-Type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"created/true", "created/false", "redirect"})
    void aLocationIsAsTheServerSendsIt(String way) throws Exception {
        sendTwice("any/" + way);

        assertThat(isReplay(repeat)).isTrue();
        assertThat(header(first, "Location").orElseThrow()).startsWith("/errands/");
        assertThat(header(repeat, "Location")).isEqualTo(header(first, "Location"));
    }

    @Test
    void aReturnedLocationIsMadeAbsoluteByJersey() throws Exception {
        sendTwice("any/returned");

        assertThat(isReplay(repeat)).isTrue();
        assertThat(header(first, "Location").orElseThrow()).startsWith(grown.url("/errands/"));
        assertThat(header(repeat, "Location")).isEqualTo(header(first, "Location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-None", "X-Parts"})
    void thePartsOfAFormAreServed(String header) throws Exception {
        String key = Grown.newKey();
        first = upload(key, header, "grün");
        repeat = upload(key, header, "grün");

        assertThat(body(first)).startsWith("effect ").endsWith(" grün note=null:grün file=a.bin:123");
        assertThat(isReplay(repeat)).isTrue();
        assertThat(body(repeat)).isEqualTo(body(first));
        assertThat(isReplay(upload(key, "X-None", "grün"))).isTrue();
        assertThat(isReplay(upload(key, "X-Parts", "grün"))).isTrue();
        assertThat(upload(key, header, "blau").statusCode()).isEqualTo(422);
    }

    private static HttpResponse<byte[]> upload(String key, String header, String note) throws Exception {
        String form = "--limit\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n" + note
                + "\r\n--limit\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.bin\"\r\n"
                + "Content-Type: application/octet-stream\r\n\r\n123\r\n--limit--\r\n";
        return grown.send(grown.request("/errands/any/parts")
                .header("Idempotency-Key", key)
                .header("Content-Type", "multipart/form-data; boundary=limit")
                .header(header, "yes")
                .POST(BodyPublishers.ofString(form)));
    }

    @Test
    void theMessageOfAnErrorIsSentAndReplayed() throws Exception {
        sendTwice("any/refused");

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(body(first)).contains("conflict number");
        assertThat(isReplay(repeat)).isTrue();
        assertThat(body(repeat)).isEqualTo(body(first));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 200})
    void aLengthThatIsNotTheBodysIsCorrected(int length) throws Exception {
        sendTwice("any/length/" + length);

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(body(first)).startsWith("effect ");
        assertThat(body(repeat)).isEqualTo(body(first));
        assertThat(isReplay(repeat)).isTrue();
    }
}
