package dev.idem.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.embedded.process.FreePort;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The log of a service that is started with LOG_FORMAT=json, line by line. */
final class JsonLogIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "secret-of-a-query";
    private static final Duration START = Duration.ofMinutes(2);

    private final Path directory;

    JsonLogIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void eachLineIsAnObjectAndThoseOfEventsHaveTheirFields() throws Exception {
        int port = FreePort.any();
        Path log = directory.resolve("log");
        Process service = start(port, log);
        try {
            await().atMost(START).until(() -> {
                assertThat(service.isAlive()).as(Files.readString(log)).isTrue();
                return Files.readString(log).contains("Started oejs.Server");
            });
            Api api = Api.at(port);
            String token = api.login("test-ios@example.com", "TestPassword123!");
            String key = UUID.randomUUID().toString();
            api.send(api.request("/api/v1/shares?secret=" + SECRET).build());
            api.share(token, key, Api.REDDIT);
            api.share(token, key, Api.REDDIT);
            String instance =
                    Api.json(api.share(token, key, Api.TIKTOK)).get("instance").asText();
            await().until(() -> lines(log).stream()
                            .filter(line -> line.path("uri").asText().equals("/api/v1/shares"))
                            .count()
                    == 4);

            assertThat(lines(log))
                    .anySatisfy(line -> {
                        assertThat(line.path("outcome").asText()).isEqualTo("replayed");
                        assertThat(line.path("route").asText()).isEqualTo("POST /api/v1/shares");
                        assertThat(line.path("scope").asText()).isNotEmpty();
                    })
                    .anySatisfy(
                            line -> assertThat(line.path("instance").asText()).isEqualTo(instance))
                    .noneMatch(line -> line.has("userAgent") || line.toString().contains("Java-http-client"))
                    .noneMatch(line -> line.toString().contains(SECRET))
                    .noneMatch(line -> line.toString().contains(key))
                    .noneMatch(line -> line.toString().contains(token));
        } finally {
            service.destroy();
            await().atMost(START).until(() -> !service.isAlive());
        }
    }

    private Process start(int port, Path log) throws IOException {
        Path configuration = Path.of(System.getProperty("project.root"), "config.yml");
        ProcessBuilder command = new ProcessBuilder(
                        JavaCommand.ofClass(IdemApplication.class).with("server", configuration.toString()))
                .redirectOutput(log.toFile())
                .redirectError(directory.resolve("errors").toFile());
        command.environment()
                .putAll(Map.of(
                        "PORT", Integer.toString(port),
                        "ADMIN_PORT", Integer.toString(FreePort.any()),
                        "DATA_DIR", directory.resolve("data").toString(),
                        "LOG_FORMAT", "json"));
        return command.start();
    }

    /** Fails on a line that is no object. */
    private static List<JsonNode> lines(Path log) throws IOException {
        return Files.readAllLines(log).stream()
                .map(line -> {
                    try {
                        return JSON.readTree(line);
                    } catch (IOException e) {
                        throw new AssertionError("no JSON: " + line, e);
                    }
                })
                .toList();
    }
}
