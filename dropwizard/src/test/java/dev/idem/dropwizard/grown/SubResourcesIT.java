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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Methods behind sub-resource locators are protected, and counted under the whole way to them. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubResourcesIT {
    private final Grown grown;

    SubResourcesIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database);
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/warehouses/north/shelves, /warehouses/{warehouse}/shelves",
        "/warehouses/north/shelves/3/boxes, /warehouses/{warehouse}/shelves/{shelf}/boxes",
        "/warehouses/archive, /warehouses/archive",
        "/warehouses/archive/4/inner, /warehouses/archive/{shelf}/inner",
        "/warehouses/archive/4/inner/5/boxes, /warehouses/archive/{shelf}/inner/{shelf}/boxes"
    })
    void theRouteIsTheWholeWay(String path, String route) throws Exception {
        String key = Grown.newKey();
        HttpResponse<byte[]> first = grown.send(grown.post(path, key));
        HttpResponse<byte[]> repeat = grown.send(grown.post(path, key));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(repeat.body()).isEqualTo(first.body());
        assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(grown.admin("/idempotency-prometheus"))
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"executed\",route=\"POST " + route
                        + "\"} 1.0")
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"replayed\",route=\"POST " + route
                        + "\"} 1.0")
                .doesNotContain("route=\"POST /\"");
    }

    @Test
    void whatIsKnownAtTheStartIsCountedFromTheStart() throws Exception {
        assertThat(grown.admin("/idempotency-prometheus"))
                .contains("outcome=\"key_reused\",route=\"POST /warehouses/archive/{shelf}/boxes\"} 0.0");
    }

    @Test
    void aMistakeThatTheStartCannotKnowIsAProblem() throws Exception {
        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> refused = grown.send(grown.post("/warehouses/gates", Grown.newKey()));

            assertThat(refused.statusCode()).isEqualTo(500);
            assertThat(refused.headers().firstValue("Content-Type")).contains("application/problem+json");
            assertThat(new String(refused.body(), UTF_8)).contains("/problems/internal-error");
        }
    }
}
