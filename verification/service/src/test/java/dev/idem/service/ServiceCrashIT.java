package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service killed in mid-request: a share and its answer are both there or neither, and a repeat makes one. */
@ExtendWith(ServersExtension.class)
final class ServiceCrashIT {
    private static final Duration TAKE_OVER = Duration.ofSeconds(30);

    /** Blocks a transaction after it has created a share, while another connection holds the lock. */
    private static final String EFFECT_WAITS = """
            CREATE FUNCTION wait_for_lock() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NULL; END';
            CREATE TRIGGER made AFTER INSERT ON shares FOR EACH ROW EXECUTE FUNCTION wait_for_lock()
            """;

    private final Path directory;
    private final Jdbi jdbi;
    private final Map<String, String> environment;

    ServiceCrashIT(@TempDir Path directory, TestRedis redis, TestDatabase database) {
        this.directory = directory;
        jdbi = Tables.in(database);
        RunningService.addUser(jdbi, RunningService.ANN);
        environment = ServiceProcess.environment(redis, database, "-Ddw.idempotency.policy.lockTimeout=1s");
    }

    @Test
    void killedBetweenEffectAndCommitItLeavesNeitherAndTheRepeatMakesOneShare() throws Exception {
        String key = UUID.randomUUID().toString();
        String token;
        try (ServiceProcess killed =
                        ServiceProcess.start(directory, environment).awaitReady();
                Handle blocker = jdbi.open()) {
            token = killed.api().login(RunningService.ANN, RunningService.PASSWORD);
            blocker.execute(EFFECT_WAITS);
            blocker.begin();
            blocker.execute("SELECT pg_advisory_xact_lock(4711)");
            CompletableFuture<HttpResponse<String>> lost = killed.api().shareLater(token, key, Api.REDDIT);
            await().atMost(TAKE_OVER)
                    .failFast("it is answered", lost::isDone)
                    .until(() -> count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                    + " AND wait_event_type = 'Lock' AND query LIKE '%INSERT INTO shares%'")
                            == 1);
            killed.kill();
            blocker.rollback();

            assertThat(lost).failsWithin(TAKE_OVER);
        }
        await().atMost(TAKE_OVER)
                .until(() -> count("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND application_name = 'idem-service'")
                        == 0);

        assertThat(count("SELECT count(*) FROM shares")).isZero();
        assertThat(count("SELECT count(*) FROM idempotency_records WHERE state = 'completed'"))
                .isZero();
        try (ServiceProcess restarted =
                ServiceProcess.start(directory, environment).awaitReady()) {
            awaitShared(restarted.api(), token, key, Api.REDDIT);
            awaitShared(restarted.api(), token, key, Api.REDDIT);
        }
        assertThat(count("SELECT count(*) FROM shares")).isEqualTo(1);
    }

    @Test
    void killedAtAnyMomentOfManyRequestsEachRepeatFindsOrMakesOneShare() throws Exception {
        List<String> keys =
                Stream.generate(() -> UUID.randomUUID().toString()).limit(40).toList();
        String token;
        try (ServiceProcess killed =
                ServiceProcess.start(directory, environment).awaitReady()) {
            token = killed.api().login(RunningService.ANN, RunningService.PASSWORD);
            Api api = killed.api();
            List<CompletableFuture<HttpResponse<String>>> running = keys.stream()
                    .map(key -> api.shareLater(token, key, Api.REDDIT + key))
                    .toList();
            CompletableFuture.anyOf(running.toArray(CompletableFuture[]::new)).join();
            killed.kill();
            await().until(() -> running.stream().allMatch(CompletableFuture::isDone));
        }
        try (ServiceProcess restarted =
                ServiceProcess.start(directory, environment).awaitReady()) {
            for (String key : keys) {
                awaitShared(restarted.api(), token, key, Api.REDDIT + key);
            }
        }

        assertThat(count("SELECT count(*) FROM shares")).isEqualTo(keys.size());
        assertThat(count("SELECT count(DISTINCT url) FROM shares")).isEqualTo(keys.size());
    }

    /** Sends it again, as a client does, until it is answered. */
    private static void awaitShared(Api api, String token, String key, String url) {
        await().atMost(TAKE_OVER).until(() -> api.share(token, key, url).statusCode() == 201);
    }

    private int count(String query) {
        return jdbi.withHandle(
                handle -> handle.createQuery(query).mapTo(Integer.class).one());
    }
}
