package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import redis.clients.jedis.RedisClient;

/**
 * Databases as their administrators make them, on a server with few connections. The service has a role that owns nothing, with the
 * rights that the manual asks for. Each kind alone is tested nightly, and in every build all that go together.
 */
@ExtendWith(ServersExtension.class)
final class DatabaseKindsIT {
    private static final int MOST_CONNECTIONS = 10;
    private static final int CLIENTS = 8;
    private static final String POST = "https://www.reddit.com/r/Türkçe/comments/ıİ/ß漢字/";

    private static EphemeralPostgres server;
    private static Jdbi administrator;

    private enum Kind {
        USUAL("", ""),
        SQL_ASCII("ENCODING 'SQL_ASCII' LOCALE 'C'", ""),
        ICU("LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR' LOCALE 'C' ENCODING 'UTF8'", ""),
        IMPATIENT(
                "",
                "statement_timeout = '60ms'; lock_timeout = '10ms'; transaction_timeout = '60ms';"
                        + " idle_in_transaction_session_timeout = '10ms'; idle_session_timeout = '300ms'"),
        ALL_AT_ONCE(SQL_ASCII.options, IMPATIENT.settings);

        private final String options;
        private final String settings;

        Kind(String options, String settings) {
            this.options = options;
            this.settings = settings;
        }

        /** A database of the role of this name, in which another role has what the manual says. */
        String create(String owner, String user) throws IOException {
            administrator.useHandle(handle -> {
                handle.execute("CREATE ROLE " + owner + " LOGIN PASSWORD 'of-the-owner'");
                handle.execute("CREATE ROLE " + user + " LOGIN PASSWORD 'of-the-user'");
                handle.execute("CREATE DATABASE " + owner + " TEMPLATE template0 OWNER " + owner + " " + options);
                for (String setting : settings.isEmpty() ? new String[0] : settings.split(";", -1)) {
                    handle.execute("ALTER ROLE " + user + " SET " + setting);
                }
            });
            Jdbi tables = Tables.create(url(owner, owner, "of-the-owner"));
            for (String right : rightsOfTheManual()) {
                tables.useHandle(handle -> handle.execute(right.replace("idem_service", user)));
            }
            RunningService.addUser(tables, RunningService.ANN);
            return url(owner, user, "of-the-user");
        }

        private static List<String> rightsOfTheManual() throws IOException {
            return Files.readString(ServiceProcess.root("docs/operations.md"))
                    .lines()
                    .filter(line -> line.startsWith("GRANT "))
                    .toList();
        }

        private static String url(String database, String user, String password) {
            return "jdbc:postgresql://127.0.0.1:" + server.port() + "/" + database + "?user=" + user + "&password="
                    + password;
        }
    }

    @BeforeAll
    static void start() {
        server = EphemeralPostgres.start();
        administrator = Jdbi.create(server.jdbcUrl());
        administrator.useHandle(handle -> handle.execute("ALTER SYSTEM SET max_connections = " + MOST_CONNECTIONS));
        server.restart();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Kind> kinds() {
        return RandomForm.asked().full() ? Stream.of(Kind.values()) : Stream.of(Kind.ALL_AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aShareTakesEffectOnceIsReplayedAndListedWhicheverStoreDecides(Kind kind, TestRedis redis) throws Exception {
        String owner = "owner_" + kind.name().toLowerCase(Locale.ROOT);
        TestDatabase database = new TestDatabase(kind.create(owner, owner.replace("owner", "user")));
        try (RunningService service = RunningService.another(redis, database)) {
            Jdbi tables = Tables.thereIn(new TestDatabase(server.jdbcUrl().replace("/idem?", "/" + owner + "?")));
            String token = service.api().login(RunningService.ANN, RunningService.PASSWORD);
            awaitTrust(service);
            String early = UUID.randomUUID().toString();
            String answer = shareTogether(service.api(), token, early);
            await().until(() -> count(tables, "idempotency_records WHERE answer IS NOT NULL") > 0);

            try (RedisClient client = RedisClient.create(redis.url())) {
                client.flushDB(); // PostgreSQL decides, until a failback has ended
            }

            assertThat(shareTogether(service.api(), token, early)).isEqualTo(answer);
            shareTogether(service.api(), token, UUID.randomUUID().toString());
            awaitTrust(service);
            assertThat(shareTogether(service.api(), token, early)).isEqualTo(answer);
            assertThat(count(tables, "shares")).isEqualTo(2);
            assertThat(Api.json(service.api().get(token, "/api/v1/shares"))
                            .get("items")
                            .get(1)
                            .get("url")
                            .asText())
                    .isEqualTo(POST);
            assertThat(service.admin().get("/healthcheck").body()).doesNotContain("\"healthy\":false");
        }
    }

    /** The answer that all of them got. */
    private static String shareTogether(Api api, String token, String key) throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = IntStream.range(0, CLIENTS)
                .mapToObj(i -> api.shareLater(token, key, POST))
                .toList();
        String first = answers.get(0).get().body();
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).as(answer.get().body()).isEqualTo(201);
            assertThat(answer.get().body()).isEqualTo(first);
        }
        return first;
    }

    private static void awaitTrust(RunningService service) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> service.admin().get("/prometheus").body().contains("idempotency_redis_trusted 1.0"));
    }

    private static int count(Jdbi jdbi, String from) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                .mapTo(Integer.class)
                .one());
    }
}
