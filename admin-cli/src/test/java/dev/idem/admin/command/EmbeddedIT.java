package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import dev.idem.embedded.EmbeddedPostgres;
import dev.idem.embedded.EmbeddedRedis;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the data of embedded servers, as the service leaves it. */
class EmbeddedIT {
    private static final String STARTED = "was not running: started it for this command";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private Path data = Path.of("");

    @BeforeEach
    void nameTheDirectory() {
        data = directory.resolve("data");
    }

    @Test
    void serversThatDoNotRunAreStartedForTheCommandOnly() {
        EmbeddedRedis.startOrAdopt(data).close();
        EmbeddedPostgres.startOrAdopt(data).close();

        Run run = Cli.in(directory).run("inspect", "key-1");

        assertThat(run.err()).contains("The embedded Redis " + STARTED, "The embedded PostgreSQL " + STARTED);
        assertThat(EmbeddedRedis.running(data)).isEmpty();
        assertThat(EmbeddedPostgres.running(data)).isEmpty();
    }

    @Test
    void serversThatRunAreAskedAndLeftRunning() {
        try (EmbeddedRedis redis = EmbeddedRedis.startOrAdopt(data);
                EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(data)) {
            Run run = Cli.in(directory).run("inspect", "key-1");

            assertThat(run.err()).doesNotContain(STARTED, "redis");
            assertThat(EmbeddedRedis.running(data).map(EmbeddedRedis::pid)).contains(redis.pid());
            assertThat(EmbeddedPostgres.running(data).map(EmbeddedPostgres::pid))
                    .contains(postgres.pid());
        }
    }

    @Test
    void aDatabaseWithoutTablesIsToBeMigrated() {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.startOrAdopt(data)) {
            Run run = Cli.in(directory).with("DATABASE_URL", postgres.jdbcUrl()).run("list");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.err()).contains("lacks tables that are needed; run: idem-admin migrate");
        }
    }
}
