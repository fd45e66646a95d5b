package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin port accepts requests that were meant for it, and none from other pages that a browser shows. */
@ExtendWith(ServersExtension.class)
final class AdminDoorIT {
    private static final String TOKEN = "a-token-of-this-test-alone";

    private static RunningService open;
    private static RunningService guarded;

    @BeforeAll
    static void startOpen(TestRedis redis, TestDatabase database) throws Exception {
        open = new RunningService(
                redis,
                database,
                "admin.hosts",
                "Idem.example, other.example",
                "server.adminConnectors[0].useForwardedHeaders",
                "true");
    }

    @BeforeAll
    static void startGuarded(TestRedis redis, TestDatabase database) throws Exception {
        guarded = new RunningService(redis, database, "admin.token", TOKEN);
    }

    @AfterAll
    static void stop() {
        open.close();
        guarded.close();
    }

    private static int port(RunningService service) {
        return service.support().getAdminPort();
    }

    private static String ask(RunningService service, String line, String... headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(service))) {
            String request = line + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\n"
                    + String.join(
                            "",
                            List.of(headers).stream()
                                    .map(header -> header + "\r\n")
                                    .toList())
                    + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String here(RunningService service) {
        return "Host: 127.0.0.1:" + port(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://localhost:8080",
                "Origin: http://127.0.0.1",
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site\r\nSec-Fetch-Mode: no-cors"
            })
    void aPageOfAnotherSiteIsTurnedAway(String header) throws Exception {
        for (String task : List.of(
                "POST /tasks/gc",
                "POST /tasks/log-level",
                "GET /metrics",
                "POST /healthcheck",
                "GET /console",
                "POST /api/auth/login",
                "GET /api/v1/admin/idempotency/stats")) {
            assertThat(ask(open, task, here(open), header))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("application/problem+json", "/problems/forbidden");
        }
    }

    /** A body that is announced and never sent is not waited for. */
    @Test
    void nobodyReadsWhatAStrangerSendsToATask() throws Exception {
        assertThat(announce(open, here(open), "Origin: http://evil.example")).startsWith("HTTP/1.1 403 ");
        assertThat(announce(open, "Host: evil.example")).startsWith("HTTP/1.1 421 ");
        assertThat(announce(guarded, here(guarded))).startsWith("HTTP/1.1 401 ");
        assertThat(announce(guarded, here(guarded), "Content-Encoding: br")).startsWith("HTTP/1.1 401 ");
    }

    private static String announce(RunningService service, String... headers) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(service))) {
            socket.setSoTimeout(5_000); // a body is waited for longer
            String request = "POST /tasks/gc HTTP/1.1\r\nContent-Length: 1000000\r\n" + String.join("\r\n", headers)
                    + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] status = socket.getInputStream().readNBytes("HTTP/1.1 000 ".length());
            return new String(status, StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aPageOfThePortItselfAndAProgramAreLetIn() throws Exception {
        assertThat(ask(open, "POST /tasks/gc", here(open))).startsWith("HTTP/1.1 200 ");
        assertThat(ask(
                        open,
                        "POST /tasks/gc",
                        here(open),
                        "Origin: http://127.0.0.1:" + port(open),
                        "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "1.2.3.4.5", "idem"})
    void aNameThatLeadsHereIsNotThisPorts(String name) throws Exception {
        for (String line : List.of("GET /metrics", "GET /console", "POST /api/auth/login")) {
            assertThat(ask(open, line, "Host: " + name + ":" + port(open)))
                    .startsWith("HTTP/1.1 421 ")
                    .contains("/problems/misdirected-request", "ADMIN_HOSTS");
        }
    }

    /** A page that came by a name which leads here now may send such headers to what it thinks is its own host. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X-Forwarded-Host: localhost", "Forwarded: host=localhost", "X-Forwarded-Server: localhost"})
    void aNameIsNotThisPortsWhateverElseIsSaidOfIt(String header) throws Exception {
        assertThat(ask(open, "GET /metrics", "Host: evil.example:" + port(open), header))
                .startsWith("HTTP/1.1 421 ");
        assertThat(ask(open, "GET http://evil.example/metrics", "Host: evil.example", header))
                .startsWith("HTTP/1.1 421 ");
    }

    @Test
    void behindAProxyThatEndsTlsThePageIsOfThePortItself() throws Exception {
        assertThat(ask(
                        open,
                        "POST /tasks/gc",
                        "Host: idem.example",
                        "X-Forwarded-Proto: https",
                        "Origin: https://idem.example",
                        "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST", "127.0.0.1", "10.1.2.3", "[::1]", "idem.example", "other.example"})
    void addressesAndTheNamesThatAreConfiguredAreKnown(String name) throws Exception {
        assertThat(ask(open, "GET /metrics", "Host: " + name + ":" + port(open)))
                .startsWith("HTTP/1.1 200 ");
    }

    @Test
    void healthIsToldToWhoeverAsks() throws Exception {
        assertThat(ask(guarded, "GET /healthcheck", "Host: evil.example", "Origin: http://evil.example"))
                .startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/health/ready"})
    void theDoorLetsThroughWhoeverAsksForLivenessOrReadiness(String path) throws Exception {
        assertThat(ask(guarded, "GET " + path, "Host: evil.example"))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"status\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/health/../tasks/gc", "/health/live/../../metrics", "/healthcheck;/../metrics", "/health/%2e"})
    void whatOnlyLooksLikeHealthIsNot(String path) throws Exception {
        assertThat(ask(guarded, "GET " + path, here(guarded))).doesNotStartWith("HTTP/1.1 200 ");
    }

    @Test
    void whereATokenIsSetTasksAndMetricsNeedIt() throws Exception {
        for (String line : List.of("GET /metrics", "GET /prometheus", "POST /tasks/gc", "GET /threads", "GET /")) {
            assertThat(ask(guarded, line, here(guarded)))
                    .as(line)
                    .startsWith("HTTP/1.1 401 ")
                    .contains("WWW-Authenticate: Bearer", "/problems/unauthorized")
                    .doesNotContain(TOKEN);
            assertThat(ask(guarded, line, here(guarded), "Authorization: Bearer " + TOKEN + "x"))
                    .startsWith("HTTP/1.1 401 ");
            assertThat(ask(guarded, line, here(guarded), "Authorization: Bearer " + TOKEN))
                    .as(line)
                    .startsWith("HTTP/1.1 200 ");
        }
    }

    @Test
    void theConsoleHasALoginOfItsOwnAndTheTokenIsNone() throws Exception {
        assertThat(ask(guarded, "GET /console", here(guarded))).startsWith("HTTP/1.1 200 ");
        assertThat(ask(guarded, "GET /console/main.js", here(guarded))).startsWith("HTTP/1.1 200 ");
        assertThat(ask(guarded, "GET /problems/forbidden", here(guarded))).startsWith("HTTP/1.1 200 ");
        assertThat(ask(guarded, "POST /api/auth/login", here(guarded))).startsWith("HTTP/1.1 422 ");
        for (String sent : List.of("", "Bearer " + TOKEN)) {
            assertThat(ask(guarded, "GET /api/v1/admin/idempotency/stats", here(guarded), "Authorization: " + sent))
                    .startsWith("HTTP/1.1 401 ")
                    .contains("Bearer realm=\"idem\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/console/../metrics",
                "/console/%2e%2e/metrics",
                "/console/..%2fmetrics",
                "/console;/../metrics",
                "//metrics",
                "/console//../../metrics",
                "/api/v1/admin/../../../metrics",
                "/api/v1/admin/idempotency/records/../../../../../metrics",
                "/api/v1/admin/idempotency/records/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/metrics",
                "/api/auth/login/../../../metrics"
            })
    void whatOnlyLooksLikeTheConsoleNeedsTheToken(String path) throws Exception {
        assertThat(ask(guarded, "GET " + path, here(guarded)))
                .doesNotStartWith("HTTP/1.1 200 ")
                .doesNotContain("jvm.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/metrics", "/healthcheck", "/console", "/console/nothing", "/nothing"})
    void aBrowserMayDoNothingWithAnAnswerThatItIsNotTold(String path) throws Exception {
        assertThat(ask(open, "GET " + path, here(open)))
                .contains("X-Content-Type-Options: nosniff", "default-src 'none'", "frame-ancestors 'none'")
                .contains("X-Frame-Options: DENY", "Referrer-Policy: no-referrer")
                .contains("Cross-Origin-Resource-Policy: same-origin")
                .containsOnlyOnce("Content-Security-Policy");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console/{x}", "/console/{", "/console/}", "/console/\"", "/console/<x>|^`"})
    void anyCharacterOfAPathIsReadAsItIs(String path) throws Exception {
        assertThat(ask(open, "GET " + path, here(open)))
                .startsWith("HTTP/1.1 4")
                .doesNotContain("Exception");
        assertThat(ask(open, "GET /console?" + path, here(open))).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void noScriptStaysInABrowserAsAServiceWorker() throws Exception {
        assertThat(ask(
                        open,
                        "GET /console/main.js",
                        here(open),
                        "Service-Worker: script",
                        "Sec-Fetch-Site: same-origin"))
                .startsWith("HTTP/1.1 403 ");
    }
}
