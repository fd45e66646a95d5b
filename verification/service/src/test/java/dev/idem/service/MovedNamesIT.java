package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.Relay;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Jedis;

/** The jar that is shipped, whose stores' names lead to other addresses after a while. Java reads the names from a file. */
@EnabledIfSystemProperty(named = "test.form", matches = "full")
@Timeout(180)
final class MovedNamesIT {
    /** Java alone would believe the old address for 30 s. */
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final String OLD = "127.0.0.2";
    private static final String NEW = "127.0.0.3";
    private static final String HOST = "127\\.0\\.0\\.1:\\d+";

    private final Path directory;
    private final Path names;

    MovedNamesIT(@TempDir Path directory) {
        this.directory = directory;
        this.names = directory.resolve("hosts");
    }

    private void lead(String redis, String database) throws Exception {
        Files.writeString(names, "127.0.0.1 localhost\n" + redis + " redis.test\n" + database + " database.test\n");
    }

    private ServiceProcess start(String redisUrl, String jdbcUrl) throws Exception {
        return ServiceProcess.start(
                        directory,
                        ServiceProcess.environment(
                                new TestRedis(redisUrl, "moved:", 0),
                                new TestDatabase(jdbcUrl),
                                "-Djdk.net.hosts.file=" + names + " -Ddw.shutdown.drainDelay=0s"))
                .awaitReady();
    }

    /** @param gone whether nothing is left at the old address; else the old server follows the new one, and takes no writes */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void nodesFollowTheNameOfRedis(boolean gone) throws Exception {
        try (EphemeralRedis one = EphemeralRedis.start();
                EphemeralRedis other = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                Relay old = Relay.at(OLD, 0, one.port());
                Relay next = Relay.at(NEW, old.port(), other.port());
                Jedis toOld = new Jedis(URI.create(one.url()));
                Jedis toNew = new Jedis(URI.create(other.url()))) {
            String password =
                    one.url().substring("redis://:".length(), one.url().indexOf('@'));
            toNew.configSet("requirepass", password);
            TestDatabase database = new TestDatabase(postgres.jdbcUrl());
            RunningService.addUser(Tables.in(database), RunningService.ANN);
            lead(OLD, "127.0.0.1");
            try (ServiceProcess service =
                    start(one.url().replaceFirst(HOST, "redis.test:" + next.port()), database.jdbcUrl())) {
                Shares shares = new Shares(service);
                awaitTrust(service, Duration.ofSeconds(30));
                shares.makeOne();

                lead(NEW, "127.0.0.1");
                if (gone) {
                    old.vanish();
                } else {
                    toOld.configSet("masterauth", password);
                    toOld.replicaof("127.0.0.1", other.port());
                }

                await().atMost(SOON).until(() -> {
                    shares.makeOne();
                    return toNew.dbSize() > shares.made.size();
                });
                awaitTrust(service, SOON);
                shares.makeOne();
                shares.repeatAll();
                assertThat(storedIn(postgres)).isEqualTo(shares.made.size());
            }
        }
    }

    @Test
    void nodesFollowTheNameOfPostgres() throws Exception {
        try (EphemeralRedis redis = EphemeralRedis.start();
                EphemeralPostgres postgres = EphemeralPostgres.start();
                Relay old = Relay.at(OLD, 0, postgres.port());
                Relay next = Relay.at(NEW, old.port(), postgres.port())) {
            RunningService.addUser(Tables.in(new TestDatabase(postgres.jdbcUrl())), RunningService.ANN);
            lead("127.0.0.1", OLD);
            try (ServiceProcess service =
                    start(redis.url(), postgres.jdbcUrl().replaceFirst(HOST, "database.test:" + next.port()))) {
                Shares shares = new Shares(service);
                awaitTrust(service, Duration.ofSeconds(30));
                shares.makeOne();

                lead("127.0.0.1", NEW);
                old.vanish();

                await().atMost(SOON).until(() -> shares.list() == 200);
                shares.makeOne();
                shares.repeatAll();
                assertThat(storedIn(postgres)).isEqualTo(shares.made.size());
            }
        }
    }

    private static void awaitTrust(ServiceProcess service, Duration most) {
        await().atMost(most)
                .until(() -> service.admin().get("/prometheus").body().contains("idempotency_redis_trusted 1.0"));
    }

    /** What a client of the service has shared. */
    private static final class Shares {
        private final Api api;
        private final String token;
        private final Map<String, String> made = new LinkedHashMap<>();

        Shares(ServiceProcess service) throws Exception {
            api = service.api();
            token = api.login(RunningService.ANN, RunningService.PASSWORD);
        }

        void makeOne() throws Exception {
            String key = UUID.randomUUID().toString();
            made.put(key, answerOf(key));
        }

        void repeatAll() throws Exception {
            for (Map.Entry<String, String> each : made.entrySet()) {
                assertThat(answerOf(each.getKey())).isEqualTo(each.getValue());
            }
        }

        private String answerOf(String key) throws Exception {
            HttpResponse<String> answer = api.share(token, key, Api.REDDIT);
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
            return answer.body();
        }

        int list() throws Exception {
            return api.get(token, "/api/v1/shares").statusCode();
        }
    }

    private static int storedIn(EphemeralPostgres postgres) {
        return Jdbi.create(postgres.jdbcUrl()).withHandle(handle -> handle.createQuery("SELECT count(*) FROM shares")
                .mapTo(Integer.class)
                .one());
    }
}
