package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.service.config.IdemConfiguration;
import dev.idem.verification.support.NeedsPrograms;
import dev.idem.verification.support.PgBouncer;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.util.JarLocation;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;

/**
 * The service through pgbouncer, which gives each transaction any of three sessions, on a database whose administrator has set
 * everything in another way than usual.
 */
@ExtendWith(ServersExtension.class)
@NeedsPrograms("pgbouncer")
final class StrangeDatabaseIT {
    private static final List<String> SETTINGS = List.of(
            "default_transaction_isolation = 'serializable'",
            "search_path = 'nowhere'",
            "statement_timeout = '500ms'",
            "lock_timeout = '10ms'",
            "idle_in_transaction_session_timeout = '5ms'",
            "idle_session_timeout = '300ms'",
            "array_nulls = off",
            "bytea_output = 'escape'",
            "datestyle = 'SQL, DMY'");
    private static final int CLIENTS = 8;

    private static TestRedis redis;
    private static PgBouncer pooler;
    private static RunningService service;
    private static Jdbi database;

    @BeforeAll
    static void start(TestRedis place, TestDatabase server) throws Exception {
        redis = place;
        database = Tables.in(server);
        RunningService.addUser(database, RunningService.ANN);
        database.useHandle(handle -> {
            String name = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            SETTINGS.forEach(setting -> handle.execute("ALTER DATABASE " + name + " SET " + setting));
        });
        pooler = PgBouncer.start(server.jdbcUrl(), 3);
        service = RunningService.another(redis, new TestDatabase(pooler.jdbcUrl()));
    }

    @AfterAll
    static void stop() throws Exception {
        service.close();
        pooler.close();
    }

    @Test
    void theProgramsOwnMigrationAsksForTheServerItself(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(
                directory.resolve("config.yml"),
                "database: { url: '" + pooler.jdbcUrl()
                        + "' }\nauth: { jwtSecret: 'a secret that only this test has, 32 bytes' }\n");
        IdemApplication application = new IdemApplication();
        Bootstrap<IdemConfiguration> bootstrap = new Bootstrap<>(application);
        application.initialize(bootstrap);
        ByteArrayOutputStream output = new ByteArrayOutputStream();

        assertThat(new Cli(new JarLocation(IdemApplication.class), bootstrap, output, output)
                        .run("db", "migrate", file.toString()))
                .isPresent();
        assertThat(output.toString(StandardCharsets.UTF_8)).contains("pooler", "DATABASE_URL");
    }

    @Test
    void aShareTakesEffectOnceWhicheverStoreDecides() throws Exception {
        awaitTrust();
        for (int round = 0; round < 4; round++) {
            String token = service.api().login(RunningService.ANN, RunningService.PASSWORD);
            String key = UUID.randomUUID().toString();
            List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> service.api().shareLater(token, key, Api.REDDIT))
                    .toList();
            for (CompletableFuture<HttpResponse<String>> answer : answers) {
                assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
                assertThat(answer.get().body()).isEqualTo(answers.get(0).get().body());
            }
            assertThat(service.api().get(token, "/api/v1/shares").statusCode()).isEqualTo(200);
            if (round == 1) {
                try (RedisClient client = RedisClient.create(redis.url())) {
                    client.flushDB(); // PostgreSQL decides, until a failback has ended
                }
            }
        }
        assertThat(count("public.shares")).isEqualTo(4);
        awaitTrust();
    }

    private static void awaitTrust() {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.admin().get("/prometheus").body().contains("idempotency_redis_trusted 1.0"));
    }

    private static int count(String table) {
        return database.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Integer.class)
                .one());
    }
}
