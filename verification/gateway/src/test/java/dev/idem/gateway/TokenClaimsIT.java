package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens with claims of every kind, written and signed by hand: libraries would not write some of them. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class TokenClaimsIT {
    private static final String SECRET = "a secret of the upstream's, 32 bytes or more";
    private static final String HS256 = "{\"alg\":\"HS256\",\"typ\":\"JWT\"}";

    private static Upstream upstream;
    private static GatewayService service;
    private static Caller client;

    private final String key = UUID.randomUUID().toString();

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(redis, database, """
                - prefix: /orders
                  upstream: "%s"
                  scope: { jwtClaim: uid }
                  jwt: { secret: "%s" }
                  policy: { fingerprint: { window: 1h } }
                """.formatted(upstream.url(), SECRET));
        client = Caller.of(service.port());
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        upstream.close();
    }

    @ParameterizedTest
    @CsvSource({
        "42, 42",
        "42, 42.0",
        "42, 4.2e1",
        "0, -0.0",
        "1e400, 10e399",
        "18446744073709551617, 18446744073709551617"
    })
    void aNumberIsACallerByItsValue(String number, String again) throws Exception {
        HttpResponse<String> first = post(of(number));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(post(of(again)).body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "42                   | \"42\"",
                "42                   | 43",
                "4.2                  | \"4.2\"",
                "9007199254740992     | 9007199254740993",
                "0.1                  | 0.10000000000000000001",
                "18446744073709551617 | 18446744073709551616",
            })
    void callersThatAreWrittenOtherwiseNeverMeet(String one, String other) throws Exception {
        HttpResponse<String> first = post(of(one));
        HttpResponse<String> second = post(of(other));

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.body()).isNotEqualTo(first.body());
    }

    @Test
    void withoutAKeyACallerWithANumberIsProtectedToo() throws Exception {
        String body = "{\"order\":\"" + key + "\"}";
        HttpResponse<String> first = post(of("42"), Optional.empty(), body);
        HttpResponse<String> repeat = post(of("42"), Optional.empty(), body);
        HttpResponse<String> another = post(of("\"42\""), Optional.empty(), body);

        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(another.body()).isNotEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "[42]", "{\"id\":42}", "1e99999999999"})
    void whatSaysNotWhoSomebodyIsMayUseNoKeyAndPassesWithoutOne(String value) throws Exception {
        String body = "{\"order\":\"" + key + "\"}";

        assertThat(post(of(value)).statusCode()).isEqualTo(401);
        assertThat(post(of(value), Optional.empty(), body).body())
                .isNotEqualTo(post(of(value), Optional.empty(), body).body());
    }

    @ParameterizedTest
    @ValueSource(longs = {-3600, 2, 58})
    void aClockThatIsAMinuteAheadIsBelieved(long seconds) throws Exception {
        long then = Instant.now().getEpochSecond() + seconds;

        assertThat(post(token(
                                HS256,
                                "{\"uid\":42,\"exp\":" + inAnHour() + ",\"iat\":" + then + ",\"nbf\":" + then + "}"))
                        .statusCode())
                .isEqualTo(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"iat", "nbf"})
    void oneThatIsMoreAheadIsNot(String claim) throws Exception {
        long then = Instant.now().getEpochSecond() + 120;

        assertThat(post(token(HS256, "{\"uid\":42,\"exp\":" + inAnHour() + ",\"" + claim + "\":" + then + "}"))
                        .statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"never\"", "true", "[]", "9223372036854775807", "1e400", "0", "-1"})
    void aTokenWithoutAnEndIsNotBelieved(String end) throws Exception {
        assertThat(post(token(HS256, "{\"uid\":42,\"exp\":" + end + "}")).statusCode())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iat | null",
                "nbf | null",
                "iat | \"1\"",
                "nbf | \"1\"",
                "iat | true",
                "nbf | {}",
                "nbf | [1]",
                "iat | 1e400"
            })
    void aTimeThatIsNoneIsNotBelieved(String claim, String value) throws Exception {
        assertThat(post(token(HS256, "{\"uid\":42,\"exp\":" + inAnHour() + ",\"" + claim + "\":" + value + "}"))
                        .statusCode())
                .isEqualTo(401);
    }

    /** Who is asked behind the gateway might read the other one. */
    @Test
    void twoTokensAreNone() throws Exception {
        HttpRequest.Builder order = client.to("/orders")
                .header("Authorization", "Bearer " + of("42"))
                .header("Authorization", "Bearer " + of("43"))
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{}"));

        assertThat(client.send(order.build()).statusCode()).isEqualTo(401);
    }

    @Test
    void aTokenThatHasJustEndedIsNotBelieved() throws Exception {
        long now = Instant.now().getEpochSecond();

        assertThat(post(token(HS256, "{\"uid\":42,\"exp\":" + now + "}")).statusCode())
                .isEqualTo(401);
        assertThat(post(token(HS256, "{\"uid\":42,\"exp\":" + (now - 1) + "}")).statusCode())
                .isEqualTo(401);
        assertThat(post(token(HS256, "{\"uid\":42}")).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null                         | null",
                "{}                           | {\"exp\":9223372036854775807}",
                "{\"alg\":\"HS256\"}          | null",
                "{\"alg\":\"HS256\"}          | {\"exp\":9223372036854775807}",
                "{\"alg\":\"HS256\"}          | {\"exp\":1,\"iat\":9223372036854775807}",
                "{\"alg\":7}                  | []",
            })
    void nonsenseIsATokenThatIsNotBelievedAndNoError(String header, String payload) throws Exception {
        assertThat(post(token(header, payload)).statusCode()).isEqualTo(401);
        assertThat(post(token(header, payload) + "x").statusCode()).isEqualTo(401);
    }

    private static long inAnHour() {
        return Instant.now().getEpochSecond() + 3600;
    }

    /** A token whose caller is this JSON value. */
    private static String of(String uid) throws Exception {
        return token(HS256, "{\"exp\":" + inAnHour() + ",\"uid\":" + uid + "}");
    }

    private static String token(String header, String payload) throws Exception {
        String signed = base64(header.getBytes(StandardCharsets.UTF_8))
                + '.'
                + base64(payload.getBytes(StandardCharsets.UTF_8));
        Mac hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + '.' + base64(hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private HttpResponse<String> post(String token) throws Exception {
        return post(token, Optional.of(key), "{}");
    }

    private static HttpResponse<String> post(String token, Optional<String> key, String body) throws Exception {
        HttpRequest.Builder order = client.to("/orders")
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body));
        key.ifPresent(value -> order.header("Idempotency-Key", value));
        return client.send(order.build());
    }
}
