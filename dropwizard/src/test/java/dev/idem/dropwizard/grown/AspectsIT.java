package dev.idem.dropwizard.grown;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The application's aspects surround protected methods too. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AspectsIT {
    private final Grown grown;

    AspectsIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @Test
    void anAspectRunsOnceAndItsResultIsStored() throws Exception {
        String key = Grown.newKey();
        String first = body(grown.send(grown.post("/aspects", key)));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/aspects", key));
        String next = body(grown.send(grown.post("/aspects", Grown.newKey())));

        assertThat(first).matches("aspect \\d+: call \\d+");
        assertThat(body(repeat)).isEqualTo(first);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(number(next)).isEqualTo(number(first) + 1);
    }

    @Test
    void anExceptionPassesTheAspectAndIsStored() throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post("/aspects/fails", key));
        HttpResponse<byte[]> repeat = grown.send(grown.post("/aspects/fails", key));

        assertThat(first.statusCode()).isEqualTo(409);
        assertThat(repeat.statusCode()).isEqualTo(409);
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
    }

    private static int number(String said) {
        return Integer.parseInt(said.substring("aspect ".length(), said.indexOf(':')));
    }

    private static String body(HttpResponse<byte[]> response) {
        return new String(response.body(), UTF_8);
    }
}
