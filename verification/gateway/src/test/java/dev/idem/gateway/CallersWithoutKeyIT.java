package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request without a key never gets another caller's answer, even if they share a scope. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
final class CallersWithoutKeyIT {
    private static final String ANN = "Authorization: Bearer shared";

    private final Upstream upstream = new Upstream();
    private final GatewayService service;
    private final Caller client;
    private final String body = "{\"url\":\"http://a/" + UUID.randomUUID() + "\"}";

    CallersWithoutKeyIT(TestRedis redis, TestDatabase database) throws Exception {
        service = new GatewayService(redis, database, """
                - { prefix: /shared, upstream: "%1$s", policy: { fingerprint: { window: 1h } } }
                - { prefix: /tenant, upstream: "%1$s", scope: X-Tenant, policy: { fingerprint: { window: 1h } } }
                - prefix: /content
                  upstream: "%1$s"
                  policy: { fingerprint: { content: { field: /url, as: url, window: 1h } } }
                - prefix: /named
                  upstream: "%1$s"
                  policy: { fingerprint: { window: 1h, callers: { headers: [X-Session], cookies: [sid] } } }
                - { prefix: /none, upstream: "%1$s", scope: none }
                - { prefix: /listing, upstream: "%1$s", scope: none, policy: { fingerprint: { headers: [X-Tenant] } } }
                - { prefix: /asking, upstream: "%1$s", scope: none, policy: { fingerprint: { window: 1h } } }
                """.formatted(upstream.url()));
        client = Caller.of(service.port());
    }

    @AfterAll
    void stop() throws Exception {
        service.close();
        upstream.close();
    }

    /** @param headers {@code Name: value}, with bars between them */
    private HttpResponse<String> post(String path, String headers, String said) throws Exception {
        HttpRequest.Builder request = client.to(path).header("Content-Type", "application/json");
        for (String header : headers.split("\\|", -1)) {
            String[] parts = header.split(":", 2);
            request.header(parts[0].strip(), parts[1].strip());
        }
        return client.send(request.POST(BodyPublishers.ofString(said)).build());
    }

    private void assertApart(String path, String one, String another) throws Exception {
        String said = body.replace("http://a/", "http://a/" + UUID.randomUUID());
        HttpResponse<String> first = post(path, one, said);
        HttpResponse<String> second = post(path, another, said);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).isEmpty();
        assertThat(second.body()).isNotEqualTo(first.body());
        assertThat(post(path, another, said).body()).isEqualTo(second.body());
    }

    private void assertTheSame(String path, String one, String another) throws Exception {
        String said = body.replace("http://a/", "http://a/" + UUID.randomUUID());
        HttpResponse<String> first = post(path, one, said);
        HttpResponse<String> second = post(path, another, said);

        assertThat(first.statusCode()).isEqualTo(201);
        assertThat(second.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(second.body()).isEqualTo(first.body());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/shared", "/content"})
    void cookiesTellThoseApartWhoShareAToken(String path) throws Exception {
        assertApart(path, ANN + "| Cookie: session=ann", ANN + "| Cookie: session=bob");
        assertApart(path, ANN + "| Cookie: session=ann", ANN + "| X-Cookie: session=ann");
        assertTheSame(path, ANN + "| Cookie: session=ann; b=1", ANN + "| Cookie: b=1; session=ann");
    }

    @Test
    void soDoesTheTokenWhereTheScopeIsATenants() throws Exception {
        assertApart("/tenant", "X-Tenant: t | Authorization: Bearer ann", "X-Tenant: t | Authorization: Bearer bob");
        assertApart("/tenant", "X-Tenant: t | Authorization: Bearer ann", "X-Tenant: t | Cookie: Bearer ann");
        assertApart("/tenant", "X-Tenant: t | Authorization: a | Authorization: b", "X-Tenant: t | Authorization: a,b");
    }

    @Test
    void aRouteMayNameWhatTellsThemApart() throws Exception {
        assertApart("/named", ANN + "| Cookie: seen=1; sid=ann", ANN + "| Cookie: seen=1; sid=bob");
        assertApart("/named", ANN + "| X-Session: ann", ANN + "| X-Session: bob");
        assertTheSame("/named", ANN + "| Cookie: seen=1; sid=ann", ANN + "| Cookie: seen=2; sid=ann");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/none", "/listing"})
    void whereAllAreOneNobodyIsCompared(String path) throws Exception {
        int before = upstream.effects();

        assertThat(post(path, "X-Tenant: t", body).body())
                .isNotEqualTo(post(path, "X-Tenant: t", body).body());
        assertThat(upstream.effects()).isEqualTo(before + 2);
    }

    @Test
    void unlessTheRouteAsksForIt() throws Exception {
        assertTheSame("/asking", "X-Other: 1", "X-Other: 2");
        assertApart("/asking", "Authorization: Bearer ann", "Authorization: Bearer bob");
        assertApart("/asking", "Cookie: session=ann", "Cookie: session=bob");
        assertApart("/asking", "Cookie: session=ann", "X-Other: 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Other: 1", "X-Tenant: ", "X-Tenant: | X-Tenant: "})
    void whoSaysNothingIsNobody(String headers) throws Exception {
        assertThat(post("/tenant", headers + " | Idempotency-Key: " + UUID.randomUUID(), body)
                        .statusCode())
                .isEqualTo(401);
        assertThat(post("/tenant", headers, body).body())
                .isNotEqualTo(post("/tenant", headers, body).body());
    }

    /** A repeat may come with a newer session, and was promised the first answer. */
    @ParameterizedTest
    @CsvSource({"/shared", "/tenant", "/content", "/named", "/none", "/asking"})
    void withAKeyNoneOfThisCounts(String path) throws Exception {
        String key = "| X-Tenant: t | Idempotency-Key: " + UUID.randomUUID();

        assertTheSame(
                path,
                ANN + "| Cookie: sid=1; session=1 | X-Session: 1" + key,
                ANN + "| Cookie: sid=2; session=2 | X-Session: 2" + key);
    }
}
