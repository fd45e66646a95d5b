package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.accounts.Role;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The console is on one port, what it uses on both. */
@ExtendWith(ServersExtension.class)
final class ConsolePortsIT {
    private static final String ADMIN = "admin@example.com";
    private static final String API = "/api/v1/admin/idempotency";

    private static RunningService service;
    private static PlantedRecords planted;

    @BeforeAll
    static void start(TestRedis redis, TestDatabase database) throws Exception {
        service = new RunningService(redis, database);
        service.users().add(ADMIN, RunningService.PASSWORD, Role.ADMIN);
        planted = new PlantedRecords(redis, database);
    }

    @AfterAll
    static void stop() {
        planted.close();
        service.close();
    }

    private static String ask(String line, String host) throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), service.support().getLocalPort())) {
            String request = line + " HTTP/1.1\r\nConnection: close\r\nContent-Length: 0\r\nHost: " + host + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String page(String host) {
        return "http://" + host + ':' + service.support().getAdminPort() + "/console";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/console", "/console/", "/console/main.js", "/console/a/b/c", "/console?next=//evil.example"})
    void theApplicationsPortLeadsToIt(String path) throws Exception {
        for (String method : new String[] {"GET ", "HEAD "}) {
            assertThat(ask(method + path, "localhost:3001"))
                    .startsWith("HTTP/1.1 302 ")
                    .contains("Location: " + page("localhost") + "\r\n")
                    .contains("Content-Security-Policy: default-src 'none'", "frame-ancestors 'none'")
                    .contains("Cache-Control: no-store", "X-Frame-Options: DENY");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "evil.example:3001",
                "192.0.2.1",
                "127.0.0.1.evil.example"
            })
    void nobodyIsSentToAHostThatAClientHasThoughtUp(String host) throws Exception {
        assertThat(ask("GET /console", host))
                .startsWith("HTTP/1.1 200 ")
                .contains("text/plain", "Content-Security-Policy: default-src 'none'", page("127.0.0.1"))
                .doesNotContain("Location:", host);
    }

    @Test
    void anAbsoluteTargetIsNoWayAround() throws Exception {
        assertThat(ask("GET http://evil.example/console", "evil.example")).doesNotContain("Location:");
    }

    @Test
    void onlyReadingLeadsThere() throws Exception {
        assertThat(ask("POST /console", "localhost"))
                .startsWith("HTTP/1.1 405 ")
                .contains("application/problem+json");
    }

    @Test
    void theOperatorsApiIsOnBothPortsAndATokenOfOneIsGoodForTheOther() throws Exception {
        planted.live("scope", "a/b ..");
        for (Api given : new Api[] {service.api(), service.admin()}) {
            String token = given.login(ADMIN, RunningService.PASSWORD);
            for (Api asked : new Api[] {service.api(), service.admin()}) {
                for (String path : new String[] {
                    API + "/stats",
                    API + "/stores",
                    API + "/records?key=x",
                    API + "/rollout",
                    API + "/stale",
                    API + "/records/scope/a%2Fb%20..",
                    "/api/v1/admin/gateway/routes"
                }) {
                    assertThat(asked.get(token, path).statusCode()).as(path).isEqualTo(200);
                }
            }
        }
    }

    @Test
    void nobodyElseIsLetInAndErrorsAreProblemsThere() throws Exception {
        String bob = service.admin().login(RunningService.BOB, RunningService.PASSWORD);
        Api admin = service.admin();

        assertThat(admin.get(bob, API + "/stats").statusCode()).isEqualTo(403);
        assertThat(admin.get(API + "/stats").statusCode()).isEqualTo(401);
        assertThat(admin.get(bob, "/api/v1/shares").statusCode()).isEqualTo(404);
        assertThat(admin.get(API + "/nothing").body()).contains("/problems/not-found");
        assertThat(admin.get("/problems/not-found").statusCode()).isEqualTo(200);
        HttpResponse<String> broken = admin.send(admin.request("/api/auth/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":"))
                .build());
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(broken.body()).contains("/problems/invalid-request");
        HttpResponse<String> empty = admin.tryLogin("", "");
        assertThat(empty.statusCode()).isEqualTo(422);
        assertThat(empty.body()).contains("/problems/validation-failed");
    }
}
