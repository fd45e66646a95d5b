package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What operators see on the admin port. */
@ExtendWith(ServersExtension.class)
final class ObservabilityIT {
    private final String key = TestService.newKey();
    private TestService service;

    @BeforeEach
    void start(TestRedis redis, TestDatabase database) throws Exception {
        service = TestService.start(redis, database, "{}");
    }

    @AfterEach
    void stop() {
        service.close();
    }

    @Test
    void metricsCountWhatWasDoneByRouteAndNeverByKey() throws Exception {
        service.post("/effects", key);
        service.post("/effects", key);
        service.post("/effects", "abc");

        String prometheus = service.admin("/prometheus");
        assertThat(prometheus)
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"executed\",route=\"POST /effects\"} 1.0")
                .contains("idempotency_requests_total{layer=\"key\",outcome=\"replayed\",route=\"POST /effects\"} 1.0")
                .contains(
                        "idempotency_requests_total{layer=\"key\",outcome=\"invalid_key\",route=\"POST /effects\"} 1.0")
                .contains("idempotency_duplicates_prevented_total{layer=\"key\",route=\"POST /effects\"} 1.0")
                .contains(
                        "idempotency_store_operation_seconds_bucket{operation=\"claim\",outcome=\"ok\",store=\"redis\"")
                .contains("idempotency_store_available{store=\"redis\"} 1.0")
                .contains("TimeBoundHealthCheck_pool")
                .containsPattern("idempotency_build_info\\{java=\"[^\"]+\",version=\"[0-9][^\"]*\"} 1")
                .doesNotContain(key);
        assertThat(service.admin("/metrics")).contains("idempotency.requests.replayed");
    }

    @Test
    void aRoutesCountersAppearAtZeroWithItsFirstRequest() throws Exception {
        String watched = series("key", "outcome_unknown", "/effects") + " 0.0";
        assertThat(service.admin("/prometheus"))
                .contains(watched)
                .contains("idempotency_fenced_total{route=\"POST /effects\",store=\"postgresql\"} 0.0")
                .doesNotContain(series("key", "executed", "/effects"));

        service.post("/effects", "abc");

        assertThat(service.admin("/prometheus"))
                .contains(watched)
                .contains(series("key", "invalid_key", "/effects") + " 1.0")
                .contains(series("key", "executed", "/effects") + " 0.0")
                .contains(series("key", "too_many_in_flight", "/effects") + " 0.0")
                .contains(series("none", "overloaded", "/effects") + " 0.0")
                .contains("idempotency_stale_locks_recovered_total{route=\"POST /effects\",store=\"redis\"} 0.0")
                .doesNotContain(series("key", "executed", "/effects/slow"))
                .doesNotContain("layer=\"fingerprint\"");
    }

    @Test
    void aRequestThatDoesNotReachItsMethodIsNotCountedAsExecuted() throws Exception {
        assertThat(service.post("/effects/valid", key).statusCode()).isEqualTo(422);

        assertThat(service.admin("/prometheus"))
                .contains(series("key", "not_reached", "/effects/valid") + " 1.0")
                .contains(series("key", "executed", "/effects/valid") + " 0.0");
        assertThat(service.post("/effects/valid?name=a", key).statusCode()).isEqualTo(200);
        assertThat(service.admin("/prometheus"))
                .contains(series("key", "not_reached", "/effects/valid") + " 1.0")
                .contains(series("key", "executed", "/effects/valid") + " 1.0");
    }

    @Test
    void aRequestThatFailsInItsMethodIsCountedAsExecuted() throws Exception {
        assertThat(service.post("/effects/throws", key).statusCode()).isEqualTo(500);
        assertThat(service.post("/effects/status/503", TestService.newKey()).statusCode())
                .isEqualTo(503);

        assertThat(service.admin("/prometheus"))
                .contains(series("key", "executed", "/effects/throws") + " 1.0")
                .contains(series("key", "executed", "/effects/status/{status}") + " 1.0")
                .contains(series("key", "not_reached", "/effects/throws") + " 0.0");
    }

    private static String series(String layer, String outcome, String path) {
        return "idempotency_requests_total{layer=\"" + layer + "\",outcome=\"" + outcome + "\",route=\"POST " + path
                + "\"}";
    }

    @Test
    void staleLocksAreCounted() {
        await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains("idempotency_stale_locks 0.0"));
    }

    @Test
    void whatHasExpiredIsDeletedOnDemandAndNothingElse(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService strict = TestService.start(redis, database, "consistency: strict")) {
            strict.post("/effects", key);
            strict.post("/effects", TestService.newKey());
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl());
                    PreparedStatement expire = connection.prepareStatement(
                            "UPDATE idempotency_records SET expires_at = now() - interval '1 s' WHERE key = ?")) {
                expire.setString(1, key);
                assertThat(expire.executeUpdate()).isEqualTo(1);
            }

            assertThat(strict.task("gc?x=1")).contains("nothing was done");
            assertThat(strict.task("gc")).contains("postgresql: deleted 1");
            assertThat(strict.task("gc")).contains("postgresql: deleted 0");
        }
    }

    @Test
    void everythingIsHealthy() throws Exception {
        assertThat(service.admin("/healthcheck"))
                .contains("\"idempotency-redis\":{\"healthy\":true")
                .contains("\"idempotency-postgresql\":{\"healthy\":true")
                .contains("\"idempotency-schema\":{\"healthy\":true");
    }
}
