package dev.idem.dropwizard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.idem.dropwizard.health.Readiness.Reason;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.URI;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol;

/** What load balancers, supervisors and people are told on the admin port. */
@ExtendWith(ServersExtension.class)
final class HealthIT {
    private static final String TRUSTED = "idempotency_redis_trusted 1.0";
    private static final String SKIPPED = "idempotency_store_available{store=\"redis\"} 0.0";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    /** To what circuit breakers log from now on. An application that starts removes all appenders. */
    private void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("dev.idem.core.engine.breaker")).addAppender(log);
    }

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
    void aRedisThatTakesNoWritesIsNamedAndLeftAloneUntilItDoes(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                Jedis operator = new Jedis(URI.create(redis.url()));
                TestService service = TestService.start(redis.url(), "t:", database, "{}")) {
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(TRUSTED));
            listen();
            maxmemory(operator, "1");

            await().untilAsserted(() -> assertThat(service.adminResponse("/healthcheck"))
                    .satisfies(page -> assertThat(page.body()).contains("Redis is unavailable (OOM ", "maxmemory"))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(200));
            for (int i = 0; i < 5; i++) {
                assertThat(service.post("/effects", TestService.newKey()).statusCode())
                        .isEqualTo(201);
            }
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(SKIPPED));
            assertThat(service.adminResponse("/health/ready").statusCode()).isEqualTo(200);
            assertThat(lines()).singleElement(STRING).contains("ERROR redis cannot be used (full): OOM ");

            maxmemory(operator, "0");

            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(TRUSTED));
            assertThat(lines()).contains("INFO redis is available again");
        }
    }

    @Test
    void aForbiddenCommandIsNamedOnceAndStopsNoRequest(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                Jedis operator = new Jedis(URI.create(redis.url()));
                TestService service = TestService.start(limited(redis, operator, "-info"), "t:", database, "{}")) {
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(TRUSTED));
            assertThat(service.admin("/healthcheck"))
                    .as("without INFO")
                    .contains("\"idempotency-redis\":{\"healthy\":true");
            listen();
            limited(redis, operator, "-evalsha");

            await().untilAsserted(() -> assertThat(service.admin("/healthcheck"))
                    .contains("does not allow the command EVALSHA", "ACL SETUSER"));
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(SKIPPED));
            assertThat(service.post("/effects", TestService.newKey()).statusCode())
                    .isEqualTo(201);
            assertThat(lines()).singleElement(STRING).contains("ERROR redis cannot be used (permission)", "EVALSHA");
        }
    }

    @Test
    void aKeyThatAnotherProgramHasTakenIsNamedOnceUntilItIsRemoved(TestDatabase database) throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                Jedis operator = new Jedis(URI.create(redis.url()));
                TestService service = TestService.start(redis.url(), "t:", database, "{}")) {
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(TRUSTED));
            listen();
            ((Logger) LoggerFactory.getLogger("dev.idem.core.background")).addAppender(log);
            operator.set("t:{0}:journals", "theirs");

            await().untilAsserted(() -> assertThat(service.adminResponse("/healthcheck"))
                    .satisfies(page -> assertThat(page.body())
                            .contains("the key t:{0}:journals has a string, and must have a sorted set", "DEL"))
                    .extracting(HttpResponse::statusCode)
                    .isEqualTo(200));
            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(SKIPPED));
            assertThat(service.adminResponse("/health/ready").statusCode()).isEqualTo(200);
            assertThat(service.post("/effects", TestService.newKey()).statusCode())
                    .isEqualTo(201);
            assertThat(lines())
                    .singleElement(STRING)
                    .contains("ERROR redis cannot be used (foreign_key): the key t:{0}:journals has a string");

            operator.del("t:{0}:journals");

            await().untilAsserted(() -> assertThat(service.admin("/prometheus")).contains(TRUSTED));
            assertThat(lines()).contains("INFO redis is available again");
        }
    }

    @Test
    void aDatabaseThatTakesNoWritesIsNamed(TestRedis redis, TestDatabase database) throws Exception {
        try (TestService service = TestService.start(redis, database, "{}");
                Connection connection = DriverManager.getConnection(database.jdbcUrl());
                Statement operator = connection.createStatement()) {
            operator.execute("ALTER DATABASE " + connection.getCatalog() + " SET default_transaction_read_only = on");
            operator.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    + " WHERE datname = current_database() AND pid <> pg_backend_pid()");

            await().untilAsserted(() -> assertThat(service.admin("/healthcheck"))
                    .contains("PostgreSQL is unavailable", "read-only", "default_transaction_read_only"));
            assertThat(service.adminResponse("/health/ready").statusCode()).isEqualTo(200);
        }
    }

    private static void maxmemory(Jedis operator, String bytes) {
        operator.sendCommand(Protocol.Command.CONFIG, "SET", "maxmemory", bytes);
    }

    private static String limited(EphemeralRedis redis, Jedis operator, String without) {
        operator.sendCommand(Protocol.Command.ACL, "SETUSER", "limited", "on", ">secret", "~*", "+@all", without);
        return redis.url().replaceFirst("//.*@", "//limited:secret@");
    }

    private List<String> lines() {
        return log.list.stream()
                .map(line -> line.getLevel() + " " + line.getFormattedMessage())
                .toList();
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
            assertThat(service.admin("/prometheus"))
                    .contains(
                            "idempotency_not_ready{reason=\"draining\"} 1.0",
                            "idempotency_not_ready{reason=\"schema\"} 0.0");
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
