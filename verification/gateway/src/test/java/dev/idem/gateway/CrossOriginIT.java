package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts of the configured origins may read every response, from whatever handler; others may read none. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CrossOriginIT {
    private static final String APP = "https://app.example";
    private static final String OTHER = "https://other.example";
    private static final String STRANGER = "https://evil.example";
    private static final String NOTHING = "Access-Control-Allow-Origin: https://learned.example";

    private final Upstream upstream = new Upstream();
    private final GatewayService gateway;

    CrossOriginIT(TestRedis redis, TestDatabase database) throws Exception {
        int nobody;
        try (ServerSocket free = new ServerSocket(0)) {
            nobody = free.getLocalPort();
        }
        String cors = "cors: { origins: [https://app.example, https://other.example], credentials: true,"
                + " exposed: [X-Total], maxAge: 1h }";
        gateway = new GatewayService(
                redis,
                database,
                """
                - { prefix: /orders, upstream: '%1$s', policy: { keyRequired: true, maxRequestBody: 16B, %2$s } }
                - { prefix: /gone, upstream: 'http://127.0.0.1:%3$d', policy: { %2$s } }
                - { prefix: /open, upstream: '%1$s', policy: { cors: { origins: '*' } } }
                - { prefix: /silent, upstream: '%1$s', policy: { cors: { origins: [] } } }
                """.formatted(upstream.url(), cors, nobody),
                ConfigOverride.config("idempotency.policy.cors.origins", APP));
    }

    @BeforeEach
    void theUpstreamHasItsOwnOpinion() {
        upstream.will(CrossOriginIT::opinionated);
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    private static void opinionated(Upstream.Asked asked, Response response, Callback callback) {
        response.setStatus(asked.method().equals("OPTIONS") ? 200 : 201);
        response.getHeaders().put("Access-Control-Allow-Origin", "https://learned.example");
        response.getHeaders().put("Access-Control-Allow-Credentials", "false");
        response.getHeaders().put("Access-Control-Expose-Headers", "X-Learned");
        response.getHeaders().put("Vary", "Accept, origin");
        response.getHeaders().put("Location", "/orders/1");
        Upstream.write(response, "{}", callback);
    }

    static Stream<Arguments> answers() {
        String longBody = "Content-Length: 100\r\n\r\n" + "a".repeat(100);
        return Stream.of(
                Arguments.of("POST /orders", "Idempotency-Key: first\r\n", "201"),
                Arguments.of("POST /orders", "Idempotency-Key: first\r\n", "201"),
                Arguments.of("GET /orders", "", "201"),
                Arguments.of("OPTIONS /orders", "", "200"),
                Arguments.of("POST /orders?other", "Idempotency-Key: first\r\n", "422"),
                Arguments.of("POST /orders", "", "400"),
                Arguments.of("POST /orders", "Idempotency-Key: \r\n", "400"),
                Arguments.of("POST /orders", "Idempotency-Key: long\r\n" + longBody, "413"),
                Arguments.of("patch /orders", "", "400"),
                Arguments.of("POST /%6frders", "", "400|404"),
                Arguments.of("POST /gone", "Idempotency-Key: gone\r\n", "502|503"),
                Arguments.of("GET /gone", "", "502|503"),
                Arguments.of("GET /api/v1/shares", "", "401"),
                Arguments.of("POST /api/v1/shares", "Idempotency-Key: no UUID\r\n", "401"),
                Arguments.of("POST /api/auth/login", "Content-Type: foo\r\n", "400"),
                Arguments.of("POST /api/auth/login", "Content-Type: text/plain\r\n", "415"),
                Arguments.of("POST /api/auth/login", "Content-Encoding: br\r\n", "415"),
                Arguments.of("POST /api/auth/login", "Content-Type: application/json\r\n", "422"),
                Arguments.of("DELETE /api/auth/login", "", "405"),
                Arguments.of("GET /nothing", "", "404"),
                Arguments.of("GET /nothing/a%2fb", "", "400"),
                Arguments.of("GET /openapi.json", "", "200"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void everyAnswerIsReadableForTheOriginsThatAreNamed(String line, String headers, String statuses) throws Exception {
        String answer = ask(line, "Origin: " + APP + "\r\nAuthorization: ann\r\n" + headers);

        assertThat(answer).containsPattern("^HTTP/1\\.1 (" + statuses + ") ");
        assertThat(fields(answer, "Access-Control-Allow-Origin")).containsExactly(APP);
        assertThat(String.join(", ", fields(answer, "Access-Control-Expose-Headers")))
                .contains("Idempotency-Key", "Idempotent-Replayed", "Retry-After", "Location", "Idempotency-Status")
                .doesNotContain("X-Learned");
        assertThat(String.join(", ", fields(answer, "Vary"))
                        .toLowerCase(Locale.ROOT)
                        .split(", *"))
                .containsOnlyOnce("origin");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void noAnswerIsForAnyoneElse(String line, String headers, String unusedStatuses) throws Exception {
        for (String origin : List.of("Origin: " + STRANGER + "\r\n", "Origin: null\r\n", "")) {
            String answer = ask(line, origin + "Authorization: ann\r\n" + headers);

            assertThat(fields(answer, "Access-Control-Allow-Origin")).isEmpty();
            assertThat(fields(answer, "Access-Control-Allow-Credentials")).isEmpty();
            assertThat(String.join(", ", fields(answer, "Vary"))).containsIgnoringCase("origin");
        }
    }

    @Test
    void aReplayIsForTheOriginThatAsks() throws Exception {
        String first = order("replayed", APP);
        String replay = order("replayed", OTHER);
        String strange = order("replayed", STRANGER);

        assertThat(first).startsWith("HTTP/1.1 201 ").doesNotContain("Idempotent-Replayed: true");
        assertThat(replay).contains("Idempotent-Replayed: true", "Access-Control-Allow-Credentials: true", "X-Total");
        assertThat(fields(replay, "Access-Control-Allow-Origin")).containsExactly(OTHER);
        assertThat(strange).contains("Idempotent-Replayed: true");
        assertThat(fields(strange, "Access-Control-Allow-Origin")).isEmpty();
    }

    private String order(String key, String origin) throws IOException {
        return ask("POST /orders", "Authorization: ann\r\nIdempotency-Key: " + key + "\r\nOrigin: " + origin + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/gone/x", "/open", "/api/v1/shares", "/api/auth/login"})
    void whatABrowserAsksBeforeIsAnsweredHere(String path) throws Exception {
        int before = upstream.asked().size();

        String answer = preflight(path, APP);

        assertThat(answer).startsWith("HTTP/1.1 204 ").endsWith("\r\n\r\n");
        assertThat(fields(answer, "Access-Control-Allow-Origin")).hasSize(1);
        assertThat(fields(answer, "Access-Control-Allow-Methods").get(0)).contains("PATCH");
        assertThat(fields(answer, "Access-Control-Allow-Headers")).containsExactly("authorization, idempotency-key");
        assertThat(fields(answer, "Access-Control-Max-Age")).containsAnyOf("3600", "600");
        assertThat(fields(answer, "Vary")).contains("Origin");
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/gone/x", "/api/v1/shares"})
    void aStrangersScriptIsToldThatItMayNotAsk(String path) throws Exception {
        int before = upstream.asked().size();

        String answer = preflight(path, STRANGER);

        assertThat(answer).startsWith("HTTP/1.1 403 ").contains("application/problem+json", "policy.cors");
        assertThat(answer).doesNotContain("Access-Control-Allow");
        assertThat(upstream.asked()).hasSize(before);
    }

    @Test
    void allOriginsAreAllAndNoneHasCredentials() throws Exception {
        String answer = ask("POST /open", "Authorization: ann\r\nIdempotency-Key: a\r\nOrigin: null\r\n");

        assertThat(fields(answer, "Access-Control-Allow-Origin")).containsExactly("*");
        assertThat(fields(answer, "Access-Control-Allow-Credentials")).isEmpty();
    }

    @Test
    void whereNothingIsSaidTheUpstreamsWordStands() throws Exception {
        assertThat(preflight("/silent", APP)).startsWith("HTTP/1.1 200 ").contains(NOTHING);
        assertThat(ask("GET /silent", "Origin: " + APP + "\r\n")).contains(NOTHING);
        assertThat(ask("POST /silent", "Origin: " + APP + "\r\nIdempotency-Key: a\r\n"))
                .startsWith("HTTP/1.1 401 ")
                .doesNotContain("Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/admin/idempotency/stats", "/api/v1/%61dmin/idempotency/stats"})
    void noScriptReadsWhatOperatorsAsk(String path) throws Exception {
        assertThat(ask("GET " + path, "Origin: " + APP + "\r\n")).doesNotContain("Access-Control-Allow");
        assertThat(preflight(path, APP)).doesNotContain("Access-Control-Allow");
    }

    private String preflight(String path, String origin) throws IOException {
        return ask(
                "OPTIONS " + path,
                "Origin: " + origin + "\r\nAccess-Control-Request-Method: PATCH\r\n"
                        + "Access-Control-Request-Headers: authorization, idempotency-key\r\n");
    }

    private String ask(String line, String headers) throws IOException {
        String end = headers.contains("Content-Length") ? "" : "Content-Length: 0\r\n\r\n";
        try (RawConnection connection = new RawConnection(gateway.port())) {
            return connection
                    .send(line + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n" + headers + end)
                    .untilItsEnd();
        }
    }

    private static List<String> fields(String answer, String name) {
        return answer.lines()
                .takeWhile(line -> !line.isBlank())
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ':'))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }
}
