package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.verification.support.RandomForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small process with answers of 1 MiB, while PostgreSQL is down and Redis is silent for a moment: what it keeps is
 * bounded, no request executes twice, and the process lives on. Nightly it lasts a minute.
 */
final class StoreOutageMemoryIT {
    private static final RandomForm FORM = RandomForm.asked();
    private static final int CLIENTS = FORM.length(2, 8);
    private static final Duration OUTAGE = Duration.ofSeconds(FORM.length(0, 60));
    private static final String HEAP = FORM.full() ? "300m" : "160m";
    private static final Duration LONG = Duration.ofSeconds(FORM.length(60, 300));

    @Test
    void whatItKeepsIsBoundedAndNothingExecutesTwice(@TempDir Path directory) throws Exception {
        try (LargeAnswers upstream = new LargeAnswers();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                EphemeralRedis redis = EphemeralRedis.start()) {
            Tables.create(postgres.jdbcUrl());
            Map<String, String> environment = Map.of(
                    "REDIS_URL", redis.url(),
                    "DATABASE_URL", postgres.jdbcUrl(),
                    "JWT_SECRET", "a secret that only this test has, 32 bytes");
            try (ServiceProcess service = ServiceProcess.startWithHeap(
                                    HEAP, configuration(directory, upstream), directory, environment)
                            .awaitReady();
                    OutageClients clients = new OutageClients(service.api().uri("/orders"), upstream.answer())) {
                awaitMetric(service, "idempotency_redis_trusted", 1);
                postgres.kill();
                clients.start(CLIENTS);
                awaitAbove(service, "idempotency_journal_dropped_total");
                clients.stop();

                redis.pause();
                awaitMetric(service, "idempotency_redis_trusted", 0);
                redis.resume();
                awaitMetric(service, "idempotency_store_available{store=\"redis\"}", 1);
                clients.start(CLIENTS);
                awaitAbove(service, "idempotency_memory_store_answers_not_kept_total");
                // The clients go on; a metric that cannot be read fails the test.
                await().atMost(LONG.plus(OUTAGE))
                        .during(OUTAGE)
                        .until(() -> metric(service, "idempotency_memory_bytes{part=\"memory_store\"}")
                                <= metric(service, "idempotency_memory_limit_bytes{part=\"memory_store\"}")
                                        + CLIENTS * 10_000.0);
                clients.stop();
                assertThat(clients.wrong()).isEmpty();

                postgres.restart();
                awaitMetric(service, "idempotency_redis_trusted", 1);
                awaitMetric(service, "idempotency_memory_bytes{part=\"memory_store\"}", 0);
                awaitMetric(service, "idempotency_journal_queue_depth", 0);

                for (String key : upstream.executions().keySet()) {
                    assertThat(clients.repeat(key)).isIn("replayed", "response-not-stored");
                }
                assertThat(upstream.executions().values()).allMatch(times -> times == 1);
                assertThat(service.log()).doesNotContain("OutOfMemory");
                postgres.kill();
                service.terminate();
                assertThat(service.awaitExit()).isEqualTo(143);
            }
        }
    }

    private static Path configuration(Path directory, LargeAnswers upstream) throws Exception {
        String project = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        return Files.writeString(
                directory.resolve("config.yml"),
                project.replace("  routes: []", "  routes: [{ prefix: /orders, upstream: '" + upstream.url() + "' }]"));
    }

    private static void awaitMetric(ServiceProcess service, String name, double value) {
        await().atMost(LONG).until(() -> metric(service, name) == value);
    }

    private static void awaitAbove(ServiceProcess service, String name) {
        await().atMost(LONG).until(() -> metric(service, name) > 0);
    }

    /** Fails unless the admin port answers. */
    private static double metric(ServiceProcess service, String name) throws Exception {
        return service.admin()
                .getLater("/prometheus")
                .get(10, TimeUnit.SECONDS)
                .body()
                .lines()
                .filter(line -> line.startsWith(name + ' '))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow();
    }
}
