package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** In shadow the layer counts, and every request executes. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class ShadowIT {
    private final String key = TestService.newKey();
    private TestService service;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(
                redis, database, "{ rollout: { shadow: true }, policy: { keyFormat: uuid, maxRequestBody: 16B } }");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private String shadow(String layer, String outcome, String route) throws Exception {
        return service.admin("/prometheus")
                .lines()
                .filter(line -> line.startsWith("idempotency_shadow_total{layer=\"" + layer + "\",outcome=\"" + outcome
                        + "\",route=\"POST " + route + "\"}"))
                .findFirst()
                .orElse("none");
    }

    @Test
    void aRepeatExecutesAndIsCountedAsOneThatWouldHaveBeenReplayed() throws Exception {
        service.post("/effects", key);
        HttpResponse<String> repeat = service.post("/effects", key);

        assertThat(repeat.body()).contains("\"number\":2");
        assertThat(repeat.headers().map()).doesNotContainKeys("Idempotent-Replayed", "Idempotency-Key", "Link");
        assertThat(shadow("key", "replayed", "/effects")).endsWith(" 1.0");
    }

    @Test
    void aMalformedKeyIsCountedAndLetThrough() throws Exception {
        assertThat(service.post("/effects", "no uuid").statusCode()).isEqualTo(201);
        assertThat(shadow("key", "invalid_key", "/effects")).endsWith(" 1.0");
    }

    @Test
    void aReusedKeyIsCountedAndLetThrough() throws Exception {
        service.post("/effects", key);

        assertThat(service.send(service.post("/effects", key, "{\"a\":1}")).statusCode())
                .isEqualTo(201);
        assertThat(shadow("key", "key_reused", "/effects")).endsWith(" 1.0");
    }

    @Test
    void anOverlongBodyArrivesUntouched() throws Exception {
        String body = "x".repeat(100);

        assertThat(service.send(service.post("/effects", key, body)).body()).contains(body);
        assertThat(shadow("none", "too_large", "/effects")).endsWith(" 1.0");
    }

    @Test
    void whatWasNotedInShadowIsNeverReplayedAfterIt() throws Exception {
        service.post("/effects", key);
        assertThat(service.task("rollout?shadow=off&percent=100")).contains("shadow off");

        assertThat(service.post("/effects", key).body()).contains("\"number\":2");
        assertThat(service.post("/effects", key).headers().firstValue("Idempotent-Replayed"))
                .contains("true");
    }
}
