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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A problem's type leads to its page, wherever the resources are. */
@ExtendWith(ServersExtension.class)
final class ProblemPathIT {
    @Test
    void theTypeLeadsToThePage(TestRedis redis, TestDatabase database) throws Exception {
        try (Grown grown = new Grown(
                redis,
                database,
                ConfigOverride.config("server.applicationContextPath", "/shop"),
                ConfigOverride.config("server.rootPath", "/api/*"))) {
            String path = "/shop/api/aspects";
            HttpResponse<byte[]> refused = grown.send(grown.post(path, "not a UUID"));
            String type =
                    new ObjectMapper().readTree(refused.body()).at("/type").asText();

            assertThat(type).isEqualTo("/problems/invalid-key");
            String page = URI.create(path).resolve(type).toString();
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
    }
}
