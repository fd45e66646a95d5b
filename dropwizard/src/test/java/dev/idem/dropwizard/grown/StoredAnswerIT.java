package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.core.setup.Environment;
import jakarta.ws.rs.Priorities;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.glassfish.jersey.message.GZipEncoder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stored is what left the application, after its filters and interceptors and before content codings. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoredAnswerIT {
    private final Grown grown;

    StoredAnswerIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/enveloped", "/letter", "/both", "/stamped", "/zipped", "/encoded", "/refused"})
    void aRepeatGetsTheBytesThatLeftTheApplication(String path) throws Exception {
        String key = Grown.newKey();

        HttpResponse<byte[]> first = grown.send(grown.post("/parcels" + path, key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/parcels" + path, key));

        assertThat(repeat.body()).isEqualTo(first.body()).isNotEmpty();
        assertThat(repeat.statusCode()).isEqualTo(first.statusCode()).isLessThan(500);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        for (String header :
                new String[] {"X-Served-By", "Vary", "Content-Type", "Content-Encoding", "X-Letter", "Location"}) {
            assertThat(repeat.headers().allValues(header))
                    .as(header)
                    .isEqualTo(first.headers().allValues(header));
        }
    }

    @Test
    void filtersAndInterceptorsChangeTheFirstAnswer() throws Exception {
        HttpResponse<byte[]> enveloped = grown.send(grown.post("/parcels/enveloped", Grown.newKey()));
        HttpResponse<byte[]> both = grown.send(grown.post("/parcels/both", Grown.newKey()));

        assertThat(enveloped.statusCode()).isEqualTo(202);
        assertThat(new String(enveloped.body(), UTF_8)).startsWith("{\"data\":{\"number\":");
        assertThat(new String(both.body(), UTF_8))
                .startsWith("/**/{\"letter\":{\"data\":{")
                .endsWith("}};");
    }

    @Test
    void originsAndCookiesAreThePresentRequests() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post("/parcels", key).header("Origin", "https://one.example"));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/parcels", key).header("Origin", "https://two.example"));

        assertThat(repeat.headers().allValues("Access-Control-Allow-Origin")).containsExactly("https://two.example");
        assertThat(repeat.headers().allValues("Set-Cookie"))
                .hasSize(1)
                .isNotEqualTo(first.headers().allValues("Set-Cookie"));
        assertThat(first.headers().allValues("X-Served-By")).hasSize(2);
    }

    @Test
    void eachRepeatGetsTheCodingThatItAccepts() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> plain = grown.send(grown.post("/parcels/both", key));
        HttpResponse<byte[]> deflated =
                grown.send(grown.post("/parcels/both", key).header("Accept-Encoding", "deflate"));
        HttpResponse<byte[]> again = grown.send(grown.post("/parcels/both", key));

        assertThat(deflated.headers().allValues("Content-Encoding")).containsExactly("deflate");
        assertThat(read(new InflaterInputStream(new ByteArrayInputStream(deflated.body()))))
                .isEqualTo(new String(plain.body(), UTF_8));
        assertThat(again.headers().allValues("Content-Encoding")).isEmpty();
        assertThat(again.body()).isEqualTo(plain.body());
    }

    /** What is outside of the layer writes its last bytes when its stream is closed. */
    @ParameterizedTest
    @ValueSource(strings = {"", "/both", "/stamped"})
    void theFirstAnswerIsWholeInsideOfItsCoding(String path) throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> deflated =
                grown.send(grown.post("/parcels" + path, key).header("Accept-Encoding", "deflate"));
        HttpResponse<byte[]> plain = grown.send(grown.post("/parcels" + path, key));

        assertThat(deflated.headers().allValues("Content-Encoding")).containsExactly("deflate");
        assertThat(plain.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(read(new InflaterInputStream(new ByteArrayInputStream(deflated.body()))))
                .isEqualTo(new String(plain.body(), UTF_8))
                .isNotEmpty();
    }

    /** An encoder of the application that is inside of the layer. */
    public static final class EncodesInside extends GrownApplication {
        @Override
        public void run(Settings settings, Environment environment) {
            super.run(settings, environment);
            environment.jersey().getResourceConfig().register(GZipEncoder.class, Priorities.ENTITY_CODER + 1_000);
        }
    }

    @Test
    void aCodingFromInsideKeepsItsLabel(TestRedis redis, TestDatabase database) throws Exception {
        try (Grown inside = new Grown(EncodesInside.class, redis, database)) {
            String key = Grown.newKey();
            inside.send(inside.post("/parcels", key).header("Accept-Encoding", "gzip"));
            HttpResponse<byte[]> repeat = inside.send(inside.post("/parcels", key));

            assertThat(repeat.headers().allValues("Content-Encoding")).containsExactly("gzip");
            assertThat(read(new GZIPInputStream(new ByteArrayInputStream(repeat.body()))))
                    .startsWith("{\"number\":");
        }
    }

    @Test
    void aFiltersOwnStreamIsClosed() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post("/parcels/framed", key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/parcels/framed", key));

        assertThat(new String(first.body(), UTF_8)).endsWith("<end>");
        assertThat(repeat.body()).isEqualTo(first.body());
    }

    @Test
    void aBodyThatTheApplicationEncodedKeepsItsLabel() throws Exception {
        String key = Grown.newKey();
        grown.send(grown.post("/parcels/encoded", key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/parcels/encoded", key));

        assertThat(repeat.headers().allValues("Content-Encoding")).containsExactly("gzip");
        assertThat(read(new GZIPInputStream(new ByteArrayInputStream(repeat.body()))))
                .startsWith("{\"number\":");
    }

    @Test
    void anInterceptorThatWritesWhenItsStreamIsClosedIsStoredWhole() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post("/parcels/zipped", key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/parcels/zipped", key));

        assertThat(read(new GZIPInputStream(new ByteArrayInputStream(first.body()))))
                .startsWith("{\"number\":");
        assertThat(repeat.headers().allValues("Content-Encoding")).containsExactly("x-gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/enveloped", "/letter", "/both", "/stamped"})
    void aRefusalHasTheNamesOfTheStandard(String path) throws Exception {
        String key = Grown.newKey();
        grown.send(grown.post("/parcels" + path, key));

        HttpResponse<byte[]> reused =
                grown.send(grown.post("/parcels" + path, key).POST(BodyPublishers.ofString("{\"other\":1}")));

        assertThat(reused.statusCode()).isEqualTo(422);
        assertThat(reused.headers().allValues("Content-Type")).containsExactly("application/problem+json");
        JsonNode problem = new ObjectMapper().readTree(reused.body());
        assertThat(problem.at("/type").asText()).endsWith("/problems/key-reused");
        assertThat(problem.at("/idempotency_key").asText()).isEqualTo(key);
        assertThat(problem.has("Type")).isFalse();
    }

    private static String read(InputStream decoded) throws Exception {
        try (decoded) {
            return new String(decoded.readAllBytes(), UTF_8);
        }
    }
}
