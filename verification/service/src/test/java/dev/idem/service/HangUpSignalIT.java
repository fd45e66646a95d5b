package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.verification.support.NeedsPrograms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The service reads its routes again on SIGHUP, and says at the start if that signal cannot reach it. */
@ExtendWith(ServersExtension.class)
final class HangUpSignalIT {
    /** Whatever this build was started with. */
    private static final List<String> LISTENING = List.of("perl", "-e", "$SIG{HUP} = 'DEFAULT'; exec @ARGV");

    private static final List<String> AS_NOHUP_DOES = List.of("sh", "-c", "trap '' HUP; exec \"$@\"", "sh");

    private final Path directory;
    private final Path configuration;
    private final Map<String, String> environment;

    HangUpSignalIT(@TempDir Path directory, TestRedis redis, TestDatabase database) throws IOException {
        Tables.in(database);
        this.directory = directory;
        this.configuration = directory.resolve("config.yml");
        this.environment = ServiceProcess.environment(redis, database, "");
        writeRoutes("[]");
    }

    @Test
    @NeedsPrograms({"perl", "sh"})
    void theSignalReloads() throws Exception {
        try (ServiceProcess service = start(LISTENING)) {
            assertThat(status(service)).isEqualTo(404);
            writeRoutes("[{ prefix: /orders, upstream: 'http://127.0.0.1:1' }]");
            hangUp(service);

            await().until(() -> status(service) == 502);
            assertThat(service.log()).doesNotContain("SIGHUP is ignored");
        }
    }

    @Test
    @NeedsPrograms("sh")
    void aServiceThatCannotHearTheSignalSaysSo() throws Exception {
        try (ServiceProcess service = start(AS_NOHUP_DOES)) {
            assertThat(service.log()).contains("SIGHUP is ignored").contains("/tasks/reload-routes");
            writeRoutes("[{ prefix: /orders, upstream: 'http://127.0.0.1:1' }]");
            hangUp(service);

            assertThat(status(service)).isEqualTo(404);
        }
    }

    private ServiceProcess start(List<String> starter) throws IOException {
        return ServiceProcess.start(starter, configuration, directory, environment)
                .awaitReady();
    }

    private static int status(ServiceProcess service) throws Exception {
        return service.api().get("/orders").statusCode();
    }

    private void writeRoutes(String routes) throws IOException {
        String ours = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        assertThat(ours).contains("  routes: []\n");
        Files.writeString(configuration, ours.replace("  routes: []\n", "  routes: " + routes + "\n"));
    }

    private static void hangUp(ServiceProcess service) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("sh", "-c", "kill -HUP " + service.pid())
                        .start()
                        .waitFor())
                .isZero();
    }
}
