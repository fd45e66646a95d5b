package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.accounts.PasswordHasher;
import dev.idem.accounts.Role;
import dev.idem.accounts.Users;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see of the gateway. */
@ExtendWith(ServersExtension.class)
@Timeout(60)
final class GatewayRoutesIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PASSWORD = "correct horse battery";

    private Upstream upstream;
    private GatewayService service;
    private Caller client;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        upstream = new Upstream();
        service = new GatewayService(
                redis, database, "- { prefix: /orders, upstream: \"" + upstream.url() + "\", policy: { ttl: 1h } }\n");
        client = Caller.of(service.port());
        Users users = new Users(Jdbi.create(database.jdbcUrl()), new PasswordHasher());
        users.add("user@example.com", PASSWORD, Role.USER);
        users.add("admin@example.com", PASSWORD, Role.ADMIN);
    }

    @AfterEach
    void stop() throws Exception {
        service.close();
        upstream.close();
    }

    private HttpResponse<String> routes(String email) throws Exception {
        HttpResponse<String> login = client.send(client.to("/api/auth/login")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"" + email + "\",\"password\":\"" + PASSWORD + "\"}"))
                .build());
        String token = JSON.readTree(login.body()).get("access_token").asText();
        return client.send(client.to("/api/v1/admin/gateway/routes")
                .header("Authorization", "Bearer " + token)
                .build());
    }

    @Test
    void anAdministratorSeesTheRoutesAndWhatBecameOfTheirRequests() throws Exception {
        client.post("one", "{}");
        client.post("one", "{}");
        client.post("one", "{other}");
        client.get("/orders");

        JsonNode route = JSON.readTree(routes("admin@example.com").body()).at("/routes/0");

        assertThat(route.get("prefix").asText()).isEqualTo("/orders");
        assertThat(route.get("upstream").asText()).isEqualTo(upstream.url());
        assertThat(route.get("methods")).hasSize(4);
        assertThat(route.get("scope").asText()).isEqualTo("header");
        assertThat(route.at("/policy/ttl").asText()).isEqualTo("PT1H");
        assertThat(route.get("breaker").asText()).isEqualTo("closed");
        assertThat(route.at("/counters/executed").asInt()).isEqualTo(1);
        assertThat(route.at("/counters/replayed").asInt()).isEqualTo(1);
        assertThat(route.at("/counters/refused/key_reused").asInt()).isEqualTo(1);
        assertThat(route.at("/counters/passed_through").asInt()).isEqualTo(1);
    }

    @Test
    void nobodyElseSeesThem() throws Exception {
        assertThat(routes("user@example.com").statusCode()).isEqualTo(403);
        assertThat(client.get("/api/v1/admin/gateway/routes").statusCode()).isEqualTo(401);
    }

    @Test
    void aRouteHasMetricsFromItsFirstRequestOnAndForMethodsThatCame() throws Exception {
        Caller operator = Caller.of(service.adminPort());
        assertThat(operator.get("/prometheus").body()).doesNotContain("/orders");

        client.post("one", "{}");

        assertThat(operator.get("/prometheus").body())
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"replayed\",route=\"POST /orders\"} 0.0")
                .contains("idempotency_fenced_total{route=\"POST /orders\",store=\"redis\"} 0.0")
                .contains("idempotency_gateway_failures_total{kind=\"timeout\",route=\"/orders\"} 0.0")
                .contains("idempotency_gateway_passed_total{route=\"/orders\"} 0.0")
                .doesNotContain("PUT /orders");
    }

    @Test
    void theMetricsKnowTheRouteAndNoPath() throws Exception {
        client.post("one", "{}");
        client.get("/orders/17?secret=1");

        String metrics = Caller.of(service.adminPort()).get("/prometheus").body();

        assertThat(metrics)
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"executed\",route=\"POST /orders\"} 1.0")
                .contains("idempotency_gateway_passed_total{route=\"/orders\"} 1.0")
                .doesNotContain("/orders/17");
    }
}
