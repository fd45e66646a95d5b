package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.dropwizard.health.Readiness.Reason;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What load balancers, supervisors and people are told on the admin port. */
@ExtendWith(ServersExtension.class)
final class HealthIT {

    @Test
    void anAbsentRedisTakesNoNodeOutAndIsSeenByPeople(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                TestService service = TestService.start(redis.url(), "t:", database, "{}")) {
            redis.kill();

            await().untilAsserted(() -> assertThat(service.adminResponse("/healthcheck"))
                    .satisfies(page -> assertThat(page.body()).contains("Redis is unavailable", "\"degraded\":true"))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(200));
            assertThat(service.adminResponse("/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.adminResponse("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.post("/effects", TestService.newKey()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void anOwnReasonTakesThisNodeOutAndKeepsItAlive(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = TestService.start(redis, database, "{}")) {
            assertThat(service.admin("/health/ready")).isEqualTo("{\"status\":\"ready\"}");

            service.readiness().refuse(Reason.DRAINING, "The node stops.");

            HttpResponse<String> refused = service.adminResponse("/health/ready");
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(refused.body())
                    .isEqualTo("{\"status\":\"not_ready\",\"reasons\":{\"draining\":\"The node stops.\"}}");
            assertThat(service.adminResponse("/health/live").statusCode()).isEqualTo(200);
            assertThat(service.adminResponse("/healthcheck").statusCode()).isEqualTo(200);
            assertThat(service.post("/effects", TestService.newKey()).statusCode())
                    .isEqualTo(201);
        }
    }

    @Test
    void aSchemaThatIsBehindTakesThisNodeOut(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = TestService.start(redis, database, "{}");
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement changes = connection.createStatement()) {
            changes.execute("ALTER TABLE databasechangelog RENAME TO elsewhere");

            await().untilAsserted(() -> assertThat(service.adminResponse("/health/ready"))
                    .satisfies(refused -> assertThat(refused.body()).contains("schema", "idem-admin migrate"))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(503));
            assertThat(service.adminResponse("/healthcheck").statusCode()).isEqualTo(500);

            changes.execute("ALTER TABLE elsewhere RENAME TO databasechangelog");

            await().untilAsserted(() -> assertThat(
                            service.adminResponse("/health/ready").statusCode())
                    .isEqualTo(200));
        }
    }
}
