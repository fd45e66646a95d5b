package dev.idem.dropwizard.grown;

import static dev.idem.dropwizard.grown.OwnOperations.OWN;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The layer takes no name and no path from the application, and the application none from the layer. */
@ExtendWith(ServersExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GoodGuestIT {
    private static final String METRICS = "/idempotency-prometheus";

    private final Grown grown;

    GoodGuestIT(TestRedis redis, TestDatabase database) throws Exception {
        grown = new Grown(redis, database, ConfigOverride.config("metricsAt", "/prometheus"));
    }

    @AfterAll
    void close() {
        grown.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "redis", "schema", "rollout", "readiness"})
    void healthChecksOfBothAreThere(String name) throws Exception {
        assertThat(grown.admin("/healthcheck"))
                .contains("\"" + name + "\":{\"healthy\":true,\"message\":\"" + OWN + '"')
                .contains("\"idempotency-" + name + "\":{\"healthy\":true");
    }

    @Test
    void tasksOfBothAreThere() throws Exception {
        assertThat(grown.task("gc")).as("of Dropwizard").contains("Running GC");
        assertThat(grown.task("rollout")).contains(OWN);
        assertThat(grown.task("idempotency-gc")).contains("postgresql: deleted");
        assertThat(grown.task("idempotency-rollout")).contains("all routes: on");
        assertThat(grown.task("idempotency-clear-stale")).contains("redis: cleared 0");
    }

    @Test
    void pagesOfBothAreThere() throws Exception {
        assertThat(grown.admin("/prometheus")).isEqualTo(OWN);
        assertThat(grown.admin("/health/ready")).isEqualTo(OWN);
        assertThat(grown.admin("/health/live")).contains("alive");
        assertThat(grown.admin(METRICS)).contains("idempotency_redis_trusted");
    }

    @Test
    void problemsOfBothAreThere() throws Exception {
        assertThat(page("/problems/42")).isEqualTo("puzzle 42");
        assertThat(page("/problems/key-reused")).contains("belongs to another request");
    }

    private String page(String path) throws Exception {
        return new String(grown.send(grown.request(path)).body(), UTF_8);
    }

    @Test
    void metricsThatCannotBeShownTakeNoOthersAway() throws Exception {
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        ((Logger) LoggerFactory.getLogger("dev.idem.dropwizard.health.ShownMetrics")).addAppender(lines);
        grown.send(grown.post("/aspects", Grown.newKey()));

        String first = grown.admin(METRICS);
        String second = grown.admin(METRICS);

        assertThat(first)
                .contains("payments_total 3.0", "idempotency_orders_total 7.0")
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"executed\",route=\"POST /aspects\"}")
                .contains("idempotency_wait_seconds_count", "TimeBoundHealthCheck")
                .doesNotContain("payments_count", "broken", "words", "idempotency_wait_seconds_total");
        assertThat(second).contains("payments_total 3.0", "idempotency_requests_total");
        assertThat(lines.list.size())
                .as("one line for each, and none for a second scrape")
                .isLessThanOrEqualTo(3);
        assertThat(grown.admin("/metrics"))
                .contains("idempotency.requests.executed", "idempotency.orders", "\"payments\"");
    }
}
