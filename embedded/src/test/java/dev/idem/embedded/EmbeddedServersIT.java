package dev.idem.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both servers on one data directory, whose name has a space. */
final class EmbeddedServersIT {

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
    void dataSurvivesARestart() throws SQLException {
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            Stored.inRedis(redis.url(), "kept");
            Stored.inPostgres(postgres.jdbcUrl(), "kept");
        }
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(dataDir);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(dataDir)) {
            assertThat(Stored.readRedis(redis.url())).isEqualTo("kept");
            assertThat(Stored.readPostgres(postgres.jdbcUrl())).isEqualTo("kept");
        }
    }

    @Test
    void orphansOfAKilledOwnerAreAdopted() throws Exception {
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
        assertThat(ProcessHandle.of(redisPid)).isEmpty();
        assertThat(ProcessHandle.of(postgresPid)).isEmpty();
    }
}
