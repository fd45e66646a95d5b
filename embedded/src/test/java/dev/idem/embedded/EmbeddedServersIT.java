package dev.idem.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.embedded.postgres.PostgresServer;
import dev.idem.embedded.process.Deadline;
import dev.idem.embedded.process.EmbeddedServerException;
import dev.idem.embedded.process.Processes;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import redis.clients.jedis.Jedis;

/** Both servers on one data directory, whose name has a space. */
@Execution(ExecutionMode.CONCURRENT)
final class EmbeddedServersIT {

    /** In {@code /proc/PID/stat}, counted from the name. */
    private static final int SESSION = 4;

    private final Path dataDir;

    EmbeddedServersIT(@TempDir Path parent) {
        this.dataDir = parent.resolve("my data");
    }

    @AfterEach
    void stopWhatStillRuns() {
        EmbeddedRedis.running(dataDir)
                .ifPresent(left -> EmbeddedRedis.startOrAdopt(dataDir).close());
        EmbeddedPostgres.running(dataDir)
                .ifPresent(left -> EmbeddedPostgres.startOrAdopt(dataDir).close());
    }

    @Test
    void dataSurvivesARestartOnTheSamePorts() throws SQLException {
        int redisPort;
        int postgresPort;
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            Stored.inRedis(redis.url(), "kept");
            Stored.inPostgres(postgres.jdbcUrl(), "kept");
            redisPort = redis.port();
            postgresPort = postgres.port();
        }
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            assertThat(Stored.readRedis(redis.url())).isEqualTo("kept");
            assertThat(Stored.readPostgres(postgres.jdbcUrl())).isEqualTo("kept");
            assertThat(redis.port()).isEqualTo(redisPort);
            assertThat(postgres.port()).isEqualTo(postgresPort);
        }
    }

    @Test
    void orphansOfAKilledOwnerAreAdoptedAndStoppedByTheAdopter() throws Exception {
        long redisPid;
        long postgresPid;
        try (OwnerProcess owner = OwnerProcess.start(dataDir)) {
            EmbeddedRedis redis = EmbeddedRedis.running(dataDir).orElseThrow();
            EmbeddedPostgres postgres = EmbeddedPostgres.running(dataDir).orElseThrow();
            redisPid = redis.pid();
            postgresPid = postgres.pid();
            Stored.inRedis(redis.url(), "kept");
            Stored.inPostgres(postgres.jdbcUrl(), "kept");
            owner.kill();
        }

        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            assertThat(redis.isOwner()).isTrue();
            assertThat(redis.pid()).isEqualTo(redisPid);
            assertThat(Stored.readRedis(redis.url())).isEqualTo("kept");
            assertThat(postgres.isOwner()).isTrue();
            assertThat(postgres.pid()).isEqualTo(postgresPid);
            assertThat(Stored.readPostgres(postgres.jdbcUrl())).isEqualTo("kept");
        }

        assertThat(isGone(redisPid)).isTrue();
        assertThat(isGone(postgresPid)).isTrue();
    }

    @Test
    void whatAnotherProcessOwnsIsSharedAndLeftRunning() throws IOException {
        try (OwnerProcess owner = OwnerProcess.start(dataDir)) {
            long redisPid;
            long postgresPid;
            try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                    EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
                redisPid = redis.pid();
                postgresPid = postgres.pid();
                assertThat(redis.isOwner()).isFalse();
                assertThat(postgres.isOwner()).isFalse();
            }
            assertThat(owner.isAlive()).isTrue();
            assertThat(EmbeddedRedis.running(dataDir)).map(EmbeddedRedis::pid).contains(redisPid);
            assertThat(EmbeddedPostgres.running(dataDir))
                    .map(EmbeddedPostgres::pid)
                    .contains(postgresPid);
        }
    }

    @Test
    void serversThatWereKilledWithTheirOwnerStartAgainWithTheirData() throws Exception {
        try (OwnerProcess owner = OwnerProcess.start(dataDir)) {
            EmbeddedRedis redis = EmbeddedRedis.running(dataDir).orElseThrow();
            EmbeddedPostgres postgres = EmbeddedPostgres.running(dataDir).orElseThrow();
            Stored.inRedis(redis.url(), "kept");
            Stored.inPostgres(postgres.jdbcUrl(), "kept");
            owner.kill();
            kill(redis.pid());
            kill(postgres.pid());
        }

        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            assertThat(Stored.readRedis(redis.url())).isEqualTo("kept");
            assertThat(Stored.readPostgres(postgres.jdbcUrl())).isEqualTo("kept");
        }
    }

    @Test
    void serversThatHaveEndedAreStartedAgainByTheirOwnerAtTheSameAddress() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir);
                EmbeddedPostgres shared = EmbeddedPostgres.startOrAdopt(dataDir)) {
            Stored.inRedis(redis.url(), "kept");
            Stored.inPostgres(postgres.jdbcUrl(), "kept");
            assertThat(redis.restartIfEnded()).isFalse();
            assertThat(postgres.restartIfEnded()).isFalse();

            kill(redis.pid());
            kill(postgres.pid());

            assertThat(shared.restartIfEnded()).isFalse();
            assertThat(redis.restartIfEnded()).isTrue();
            assertThat(postgres.restartIfEnded()).isTrue();
            assertThat(Stored.readRedis(redis.url())).isEqualTo("kept");
            assertThat(Stored.readPostgres(postgres.jdbcUrl())).isEqualTo("kept");
        }
    }

    /** It answers a PING with an error then. */
    @Test
    void aRedisWhoseDiskIsFullIsFound() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                Jedis client = new Jedis(URI.create(redis.url()))) {
            client.configSet("save", "1 1");
            client.configSet("dir", "/proc"); // which takes no file
            client.set("a", "b");
            client.bgsave();
            Deadline deadline = Deadline.in(Duration.ofSeconds(20));
            while (!client.info("persistence").contains("rdb_last_bgsave_status:err")) {
                assertThat(deadline.pause()).isTrue();
            }
            assertThatThrownBy(client::ping).hasMessageStartingWith("MISCONF");

            assertThat(EmbeddedRedis.running(dataDir)).map(EmbeddedRedis::pid).contains(redis.pid());
            client.configSet("save", ""); // else it would not end before it has saved
        }
    }

    @Test
    void aStalePidFileThatNamesAnotherProcessIsNoObstacleAndHurtsNobody() throws IOException {
        Process bystander = new ProcessBuilder("sleep", "600").start();
        try (EmbeddedPostgres killed = EmbeddedPostgres.startOrAdopt(dataDir)) {
            kill(killed.pid());
            Path pidFile = dataDir.resolve("postgres/data").resolve("postmaster.pid");
            Files.writeString(
                    pidFile, Files.readString(pidFile).replaceFirst("^[0-9]+", Long.toString(bystander.pid())));
        }

        try (EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            assertThat(postgres.isOwner()).isTrue();
        }
        assertThat(bystander.isAlive()).isTrue();
        bystander.destroy();
    }

    @Test
    void aHangingOrphanIsReplaced() throws Exception {
        long hanging;
        try (OwnerProcess owner = OwnerProcess.start(dataDir)) {
            hanging = EmbeddedRedis.running(dataDir).orElseThrow().pid();
            owner.kill();
        }
        new ProcessBuilder("sh", "-c", "kill -STOP " + hanging).start().waitFor();
        assertThat(EmbeddedRedis.running(dataDir)).isEmpty();

        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir)) {
            assertThat(redis.pid()).isNotEqualTo(hanging);
            assertThat(isGone(hanging)).isTrue();
        }
    }

    @Test
    void nothingIsFoundWhereNothingRuns() {
        assertThat(EmbeddedRedis.running(dataDir)).isEmpty();
        assertThat(EmbeddedPostgres.running(dataDir)).isEmpty();
        assertThat(dataDir).doesNotExist();
    }

    @Test
    void aSecondHandleInTheSameProcessSharesTheServer() {
        try (EmbeddedRedis owner = EmbeddedRedis.startOrAdopt(dataDir)) {
            EmbeddedRedis second = EmbeddedRedis.startOrAdopt(dataDir);
            second.close();
            assertThat(second.isOwner()).isFalse();
            assertThat(EmbeddedRedis.running(dataDir)).map(EmbeddedRedis::pid).contains(owner.pid());
        }
        assertThat(EmbeddedRedis.running(dataDir)).isEmpty();
    }

    /** A terminal signals processes of its own session only. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void serversRunInSessionsOfTheirOwn() throws IOException {
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            String own = session(ProcessHandle.current().pid());
            assertThat(session(redis.pid())).isNotEqualTo(own);
            assertThat(session(postgres.pid())).isNotEqualTo(own);
        }
    }

    @Test
    void aFailedStartSaysWhichServerAndShowsItsLog() throws Exception {
        EmbeddedRedis.startOrAdopt(dataDir).close();
        Files.writeString(dataDir.resolve("redis/appendonly.aof"), "this is no append-only file");

        assertThatThrownBy(() -> EmbeddedRedis.startOrAdopt(dataDir))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("Redis")
                .hasMessageContaining("Bad file format reading the append only file");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aReaderOfTheServersFilesIsNotTakenForTheServer() throws IOException {
        EmbeddedRedis.startOrAdopt(dataDir).close();
        String config = dataDir.resolve("redis/redis.conf").toString();
        Process reader = new ProcessBuilder("tail", config, "-f")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();

        EmbeddedRedis.startOrAdopt(dataDir).close();

        assertThat(reader.isAlive()).isTrue();
        reader.destroy();
    }

    @Test
    void withoutItsPasswordAPostgresIsNotLeftRunning() throws IOException {
        EmbeddedPostgres.startOrAdopt(dataDir).close();
        Files.delete(dataDir.resolve("postgres").resolve("connection"));

        assertThatThrownBy(() -> EmbeddedPostgres.startOrAdopt(dataDir))
                .isInstanceOf(EmbeddedServerException.class)
                .hasMessageContaining("PostgreSQL")
                .hasMessageContaining("password authentication failed");
        assertThat(PostgresServer.processes(dataDir.resolve(PostgresServer.KIND)))
                .isEmpty();
    }

    private static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(process -> Processes.kill(process, "server"));
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).map(Processes::isGone).orElse(true);
    }

    private static String session(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.substring(stat.lastIndexOf(')')).split(" ", -1)[SESSION];
    }
}
