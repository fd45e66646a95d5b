package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An answer that was kept in gzip, and a repeat that does not accept that. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StoredGzipIT {
    private static final int MIB = 1 << 20;
    private static final int MEMBERS = 700;

    private final Upstream upstream;
    private final GatewayService gateway;
    private final Caller ann;
    private volatile byte[] answer = {};
    private volatile String coding = "gzip";

    StoredGzipIT(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        upstream.will(this::answer);
        gateway = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: %s
                """.formatted(upstream.url()));
        ann = Caller.of(gateway.port());
    }

    @AfterAll
    void stop() throws Exception {
        gateway.close();
        upstream.close();
    }

    private void answer(Upstream.Asked asked, Response response, Callback callback) {
        upstream.takeEffect();
        response.setStatus(201);
        response.getHeaders().put("Content-Type", "text/plain");
        response.getHeaders().put("Content-Encoding", coding);
        response.write(true, ByteBuffer.wrap(answer), callback);
    }

    private HttpRequest order(String key, String... headers) {
        HttpRequest.Builder order = ann.order(key, "{}");
        return (headers.length > 0 ? order.headers(headers) : order).build();
    }

    /** @return its key */
    private String answeredFirst(byte[] with) throws Exception {
        answer = with;
        String key = UUID.randomUUID().toString();
        HttpResponse<byte[]> first = bytes(order(key, "Accept-Encoding", "gzip"));
        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(first.body()).isEqualTo(with);
        return key;
    }

    private HttpResponse<byte[]> bytes(HttpRequest request) throws Exception {
        return ann.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    /** The test's own heap is a gigabyte, and a whole answer would be in it twice. */
    @Test
    void whatInflatesIsGivenWithoutBeingHeld() throws Exception {
        byte[] member = gzip(new byte[MIB]);
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        for (int i = 0; i < MEMBERS; i++) {
            bomb.writeBytes(member);
        }
        String key = answeredFirst(bomb.toByteArray());

        HttpResponse<InputStream> repeat = ann.client().send(order(key), HttpResponse.BodyHandlers.ofInputStream());

        assertThat(repeat.statusCode()).isEqualTo(201);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).hasValue("true");
        assertThat(repeat.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(repeat.headers().firstValueAsLong("Content-Length")).hasValue((long) MEMBERS * MIB);
        try (InputStream body = repeat.body()) {
            assertThat(zeros(body)).isEqualTo((long) MEMBERS * MIB);
        }
    }

    private static long zeros(InputStream body) throws IOException {
        byte[] buffer = new byte[1 << 16];
        long count = 0;
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            assertThat(Arrays.mismatch(buffer, 0, length, new byte[1 << 16], 0, length))
                    .isNegative();
            count += length;
        }
        return count;
    }

    @Test
    void aClientThatHangsUpMeanwhileHarmsNobody() throws Exception {
        byte[] member = gzip(new byte[16 * MIB]);
        String key = answeredFirst(member);
        try (RawConnection hasty = new RawConnection(gateway.port())) {
            hasty.send("POST /orders HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ann\r\nIdempotency-Key: " + key
                    + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        }

        assertThat(bytes(order(key)).body()).hasSize(16 * MIB);
    }

    static Stream<Arguments> damaged() {
        byte[] small = gzip("{\"order\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        byte[] large = gzip(new byte[8 * MIB]);
        byte[] otherSum = large.clone();
        otherSum[large.length - 6] ^= 1;
        byte[] otherLength = small.clone();
        otherLength[small.length - 1] ^= 1;
        byte[] broken = large.clone();
        Arrays.fill(broken, large.length / 2, large.length / 2 + 20, (byte) 0xff);
        return Stream.of(
                Arguments.of("no gzip at all", "{\"order\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                Arguments.of("the first octet of it", Arrays.copyOf(small, 1)),
                Arguments.of("its head alone", Arrays.copyOf(small, 10)),
                Arguments.of("cut short", Arrays.copyOf(small, small.length - 1)),
                Arguments.of("cut short after megabytes", Arrays.copyOf(large, large.length - 9)),
                Arguments.of("another length", otherLength),
                Arguments.of("another checksum after megabytes", otherSum),
                Arguments.of("broken in the middle", broken));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("damaged")
    void nothingIsGivenOfWhatIsDamaged(String how, byte[] bytes) throws Exception {
        String key = answeredFirst(bytes);
        int effects = upstream.effects();

        HttpResponse<String> repeat = ann.send(order(key));

        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(repeat.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).isEmpty();
        JsonNode problem = new ObjectMapper().readTree(repeat.body());
        assertThat(problem.get("type").asText()).isEqualTo("/problems/response-not-stored");
        assertThat(problem.get("retryable").asBoolean()).isFalse();
        assertThat(problem.get("idempotency_key").asText()).isEqualTo(key);
        assertThat(upstream.effects()).isEqualTo(effects);
        HttpResponse<byte[]> accepting = bytes(order(key, "Accept-Encoding", "gzip"));
        assertThat(accepting.body()).isEqualTo(bytes);
        assertThat(accepting.headers().firstValue("Idempotent-Replayed")).hasValue("true");
    }

    @ParameterizedTest
    @MethodSource("codings")
    void onlyGzipAloneIsDecoded(String said, boolean decoded) throws Exception {
        coding = said;
        try {
            byte[] zipped = gzip("text".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            String key = answeredFirst(zipped);

            HttpResponse<byte[]> repeat = bytes(order(key));

            assertThat(repeat.statusCode()).isEqualTo(201);
            assertThat(repeat.body()).isEqualTo(decoded ? new byte[] {'t', 'e', 'x', 't'} : zipped);
            assertThat(repeat.headers().firstValue("Content-Encoding").isEmpty())
                    .isEqualTo(decoded);
        } finally {
            coding = "gzip";
        }
    }

    static Stream<Arguments> codings() {
        return Stream.of(
                Arguments.of("gzip", true),
                Arguments.of("GZip", true),
                Arguments.of("x-gzip", true),
                Arguments.of("identity, gzip", true),
                Arguments.of("br", false),
                Arguments.of("gzip, gzip", false),
                Arguments.of("br, gzip", false));
    }

    private static byte[] gzip(byte[] plain) {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return zipped.toByteArray();
    }
}
