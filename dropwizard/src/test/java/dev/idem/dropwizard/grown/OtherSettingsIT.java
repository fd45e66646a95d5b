package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import java.net.URI;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Settings of the server and of the bundle that differ from what most applications have. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherSettingsIT {
    private static final String PATH = "/shop/api/aspects";

    private final Grown grown;

    OtherSettingsIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(
                redis,
                database,
                ConfigOverride.config("server.applicationContextPath", "/shop"),
                ConfigOverride.config("server.rootPath", "/api/*"),
                ConfigOverride.config("layerOnAdminPort", "false"));
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @Test
    void theTypeOfAProblemLeadsToItsPage() throws Exception {
        HttpResponse<byte[]> refused = grown.send(grown.post(PATH, "not a UUID"));
        String type = new ObjectMapper().readTree(refused.body()).at("/type").asText();

        assertThat(type).isEqualTo("/problems/invalid-key");
        String page = URI.create(PATH).resolve(type).toString();
        HttpResponse<byte[]> html = grown.send(grown.request(page));
        assertThat(html.statusCode()).isEqualTo(200);
        assertThat(html.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(new String(html.body(), UTF_8)).contains("<h1>400: ");
        HttpResponse<byte[]> json =
                grown.send(grown.request(page).header("Accept", "text/html;q=0.5, application/json"));
        assertThat(new ObjectMapper().readTree(json.body()).at("/type").asText())
                .isEqualTo(type);
        assertThat(grown.send(grown.request(page + "/x")).statusCode()).isEqualTo(404);
    }

    @Test
    void theAdminPortCanBeTheApplicationsAlone() throws Exception {
        assertThat(grown.admin("/healthcheck")).contains("\"redis\"").doesNotContain("idempotency-");
        assertThat(grown.admin("/prometheus")).doesNotContain("idempotency_");
        assertThat(grown.admin("/idempotency-prometheus")).doesNotContain("idempotency_");
        assertThat(grown.admin("/health/live")).doesNotContain("alive");
        assertThat(grown.task("idempotency-gc")).doesNotContain("deleted");
        assertThat(grown.send(grown.post(PATH, Grown.newKey())).statusCode()).isEqualTo(200);
    }
}
