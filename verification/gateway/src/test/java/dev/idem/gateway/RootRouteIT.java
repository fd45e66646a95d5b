package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A route may take everything but what the service answers itself, and that as it is written, in no other spelling. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RootRouteIT {
    private final Upstream upstream = new Upstream();
    private final GatewayService gateway;

    RootRouteIT(TestRedis redis, TestDatabase database) throws Exception {
        gateway = new GatewayService(redis, database, """
                - { prefix: /, upstream: "%1$s" }
                - { prefix: /api, upstream: "%1$s" }
                """.formatted(upstream.url()));
    }

    @AfterAll
    void close() throws Exception {
        gateway.close();
        upstream.close();
    }

    private String answer(String method, String target) throws Exception {
        try (RawConnection connection = new RawConnection(gateway.port())) {
            return connection
                    .send(method + " " + target + " HTTP/1.1\r\nHost: shop\r\nConnection: close\r\n\r\n")
                    .untilItsEnd();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /openapi.json, 200",
        "GET, /openapi.json?x, 200",
        "GET, http://shop/openapi.json, 200",
        "GET, /problems/key-reused, 200",
        "GET, /api/v1/shares, 401",
        "GET, /api/v1/shares/17, 401",
        "GET, /api/v1/admin/idempotency/stats, 401",
        "GET, /api/v1/admin/idempotency/no/such/thing, 404",
        "GET, /api/v1/admin/gateway/routes, 401",
        "GET, /api/v1/idempotency-record, 404",
        "GET, /api/v1/idempotency-record/answer, 404",
        "GET, /api/v1/executions, 404",
        "GET, /api/v1/executions/17/heartbeat, 404",
        "GET, /api/v1/executions:batch, 404",
        "GET, /api/auth/login, 405",
        "DELETE, /openapi.json, 405"
    })
    void whatTheServiceAnswersItselfReachesNoUpstream(String method, String target, int status) throws Exception {
        int before = upstream.asked().size();

        assertThat(answer(method, target)).startsWith("HTTP/1.1 " + status + " ");
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/console", "/console/", "/console/console.js", "/console/of/theirs"})
    void neitherDoesTheConsole(String target) throws Exception {
        int before = upstream.asked().size();

        assertThat(answer("GET", target)).startsWith("HTTP/1.1 ");
        assertThat(upstream.asked()).hasSize(before);
    }

    /** What is added to the service and not to its own paths fails here. */
    @Test
    void everyPathOfTheDescriptionIsTheServices() throws Exception {
        JsonNode paths = new ObjectMapper()
                .readTree(Caller.of(gateway.port()).get("/openapi.json").body())
                .get("paths");
        List<String> targets = new ArrayList<>();
        paths.fieldNames()
                .forEachRemaining(
                        path -> targets.add(path.replace("{name}", "not-found").replaceAll("\\{[^}]*}", "17")));
        int before = upstream.asked().size();

        assertThat(targets).hasSizeGreaterThan(5);
        for (String target : targets) {
            assertThat(answer("GET", target)).as(target).startsWith("HTTP/1.1 ");
        }
        assertThat(upstream.asked()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/api",
                "/api/v1/orders",
                "/api/v1/shares/17/comments",
                "/api/v1/sharesX",
                "/api/v1/admin/users",
                "/problems",
                "/problems/of-theirs",
                "/openapi.yml",
                "/OpenAPI.json",
                "/health"
            })
    void allElseIsTheRoutes(String target) throws Exception {
        assertThat(answer("GET", target)).startsWith("HTTP/1.1 201 ");
        assertThat(upstream.lastAsked().target()).isEqualTo(target);
    }

    @ParameterizedTest
    @CsvSource({"http://shop, /", "http://shop?a=b, /?a=b", "http://shop/, /", "http://shop/a, /a"})
    void anAbsoluteTargetIsTheRoutesToo(String target, String sent) throws Exception {
        assertThat(answer("GET", target)).startsWith("HTTP/1.1 201 ");
        assertThat(upstream.lastAsked().target()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/openapi%2ejson",
                "/%6fpenapi.json",
                "//openapi.json",
                "/openapi.json;v=1",
                "/api//v1/shares",
                "/api/v1/%73hares",
                "/api/v1/shares;a/17",
                "/%2563onsole",
                "/console;a",
                "/x/../openapi.json"
            })
    void anotherSpellingOfItIsNobodys(String target) throws Exception {
        int before = upstream.asked().size();

        assertThat(answer("GET", target)).startsWith("HTTP/1.1 400 ");
        assertThat(upstream.asked()).hasSize(before);
    }
}
