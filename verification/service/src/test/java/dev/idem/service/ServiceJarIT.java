package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.service.stores.ServiceTables;
import dev.idem.verification.support.RandomForm;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The jar that is shipped, run as the README says. */
@ExtendWith(ServersExtension.class)
@Execution(ExecutionMode.CONCURRENT)
final class ServiceJarIT {
    private static final String FIRST = "550e8400-e29b-41d4-a716-446655440001";
    /** 1 s for requests and 20 s for everything else; this process and the others need some, too. */
    private static final Duration STOP = Duration.ofSeconds(30);

    private static final String SECOND = "550e8400-e29b-41d4-a716-446655440002";

    private final Path directory;

    ServiceJarIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void aNewcomersFirstMinuteWorksAndSurvivesAKill() throws Exception {
        String token;
        HttpResponse<String> first;
        try (ServiceProcess killed = ServiceProcess.start(directory, Map.of()).awaitReady()) {
            Api api = killed.api();
            token = api.login("test-ios@example.com", "TestPassword123!");
            first = api.share(token, FIRST, Api.REDDIT);

            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(api.share(token, FIRST, Api.REDDIT).body()).isEqualTo(first.body());
            assertThat(api.share(token, SECOND, Api.TIKTOK).statusCode()).isEqualTo(201);
            assertThat(api.share(token, FIRST, Api.TIKTOK).statusCode()).isEqualTo(422);
            assertThat(api.share(token, "abc", Api.REDDIT).statusCode()).isEqualTo(400);
            assertThat(Api.json(api.get(token, "/api/v1/shares")).get("items")).hasSize(2);
            assertThat(killed.log()).doesNotContain(token).doesNotContain(FIRST);
            killed.kill();
        }

        try (ServiceProcess restarted =
                ServiceProcess.start(directory, Map.of()).awaitReady()) {
            HttpResponse<String> replay = restarted.api().share(token, FIRST, Api.REDDIT);

            assertThat(replay.body()).isEqualTo(first.body());
            assertThat(replay.headers().firstValue("Idempotent-Replayed")).contains("true");
        }
    }

    @Test
    void withoutItsRedisTheServiceAnswersOnAndPreventsDuplicates() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of()).awaitReady()) {
            Api api = service.api();
            String token = api.login("test-ios@example.com", "TestPassword123!");
            long redis = EmbeddedRedis.running(directory.resolve("data"))
                    .orElseThrow()
                    .pid();
            ProcessHandle.of(redis).orElseThrow().destroyForcibly();
            HttpResponse<String> first = api.share(token, FIRST, Api.REDDIT);
            HttpResponse<String> repeat = api.share(token, FIRST, Api.REDDIT);

            assertThat(first.statusCode()).isEqualTo(201);
            assertThat(repeat.body()).isEqualTo(first.body());
            assertThat(Api.json(api.get(token, "/api/v1/shares")).get("items")).hasSize(1);
            assertThat(service.admin().get("/prometheus").body()).contains("jvm_");
        }
    }

    @Test
    void theSecretOfAnEmbeddedInstallationIsItsOwnersOnly() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of()).awaitReady()) {
            Path secret = directory.resolve("data/jwt-secret");

            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                    .isEqualTo("rw-------");
            assertThat(service.log()).doesNotContain(Files.readString(secret).strip());
        }
    }

    @Test
    void anExternalDatabaseIsNeverChangedAndNeverSeeded(TestDatabase database) throws Exception {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(database.jdbcUrl());
        Map<String, String> external =
                Map.of("DATABASE_URL", database.jdbcUrl(), "JWT_SECRET", "a secret that only this test has, 32 bytes");

        try (ServiceProcess behind = ServiceProcess.start(directory, external)) {
            assertThat(behind.awaitExit()).isNotZero();
            assertThat(behind.log()).contains("run: idem-admin migrate").doesNotContain("\tat ");
        }
        ServiceTables.in(source).update();
        try (ServiceProcess current = ServiceProcess.start(directory, external).awaitReady()) {
            assertThat(current.api()
                            .tryLogin("test-ios@example.com", "TestPassword123!")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void anExternalDatabaseNeedsASecret() throws Exception {
        try (ServiceProcess refused = ServiceProcess.start(
                directory, Map.of("DATABASE_URL", "postgres://nobody@127.0.0.1:1/idem", "REDIS_URL", "embedded"))) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log()).contains("JWT_SECRET").contains("32 bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "check", "db status"})
    void aVariableThatIsNotSetStopsEveryCommandWithItsNameAndKey(String command) throws Exception {
        Path file = Files.writeString(directory.resolve("unset.yml"), """
                # jwtSecret: ${OLD_SECRET}
                database: { url: "postgres://u:hunter2@127.0.0.1:1/idem" }
                auth: { jwtSecret: "a secret that only this test has, 32 bytes" }
                gateway:
                  routes:
                    - prefix: /orders
                      upstream: http://127.0.0.1:1
                      scope: { jwtClaim: sub }
                      jwt: { secret: "${IDEM_TEST_UNSET_SECRET_OF_32_BYTES}" }
                """);
        try (ServiceProcess refused =
                ServiceProcess.start(List.of(), List.of(command.split(" ")), file, directory, Map.of())) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log())
                    .contains("gateway.routes[0].jwt.secret has ${IDEM_TEST_UNSET_SECRET_OF_32_BYTES}")
                    .doesNotContain("hunter2", "only this test has", "OLD_SECRET");
        }
    }

    @Test
    void aPasswordThatEverybodyKnowsIsNotServedToOtherMachines() throws Exception {
        Map<String, String> reachable = Map.of("BIND_HOST", "0.0.0.0");
        try (ServiceProcess refused = ServiceProcess.start(directory, reachable)) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log())
                    .contains("SEED_USERS=false", "idem-admin user password test-ios@example.com")
                    .doesNotContain("TestPassword123!")
                    .doesNotContain("\tat ");
        }
        try (ServiceProcess without = ServiceProcess.start(
                        directory, Map.of("BIND_HOST", "0.0.0.0", "SEED_USERS", "false"))
                .awaitReady()) {
            assertThat(without.api()
                            .tryLogin("test-ios@example.com", "TestPassword123!")
                            .statusCode())
                    .isEqualTo(401);
            assertThat(without.admin().get("/healthcheck").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aCommandThatEndsHasWrittenItsLog() throws Exception {
        for (int i = 0; i < RandomForm.asked().length(2, 100); i++) {
            try (ServiceProcess check = ServiceProcess.start(
                    List.of(), List.of("check"), ServiceProcess.root("config.yml"), directory, Map.of())) {
                assertThat(check.awaitExit()).isZero();
                assertThat(check.log()).contains("Configuration is OK");
            }
        }
    }

    @Test
    void aWrongSettingStopsTheStartWithItsName() throws Exception {
        try (ServiceProcess refused = ServiceProcess.start(directory, Map.of("IDEMPOTENCY_CONSISTENCY", "loose"))) {
            assertThat(refused.awaitExit()).isNotZero();
            assertThat(refused.log())
                    .contains("idempotency.consistency (IDEMPOTENCY_CONSISTENCY) must be fast or strict")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aStopEndsWithinItsBoundWhileBothStoresHang() throws Exception {
        Map<String, String> impatient = Map.of("JAVA_TOOL_OPTIONS", "-Ddw.server.shutdownGracePeriod=1s");
        ServiceProcess service = ServiceProcess.start(directory, impatient).awaitReady();
        Path data = directory.resolve("data");
        List<ProcessHandle> stores = Stream.of(
                        EmbeddedRedis.running(data).orElseThrow().pid(),
                        EmbeddedPostgres.running(data).orElseThrow().pid())
                .map(pid -> ProcessHandle.of(pid).orElseThrow())
                .flatMap(server -> Stream.concat(Stream.of(server), server.descendants()))
                .toList();
        try {
            Api api = service.api();
            String token = api.login("test-ios@example.com", "TestPassword123!");
            signal("STOP", stores);
            var unused = api.shareLater(token, "550e8400-e29b-41d4-a716-446655440001", Api.REDDIT);

            service.terminate();

            await().atMost(STOP).until(() -> ProcessHandle.of(service.pid()).isEmpty());
            assertThat(service.log()).contains("The stop has not ended after 21 s");
        } finally {
            service.kill();
            stores.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws Exception {
        for (ProcessHandle process : processes) {
            assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }
}
