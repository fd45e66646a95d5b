package dev.idem.dropwizard.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.idem.dropwizard.sections.IdempotentConfiguration;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The README's short start is what a newcomer types: this is its code, its file and its number of lines, and it works. */
@ExtendWith(ServersExtension.class)
final class ReadmeBundleIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path HERE = ROOT.resolve("dropwizard/src/test/java/dev/idem/dropwizard/example");
    private static final String FILE = """
            redis: { url: redis://127.0.0.1:6379 }
            database: { url: postgres://orders:secret@127.0.0.1/orders, migrate: true }
            """;

    private static final String PORTS = """

            server:
              shutdownGracePeriod: 0s
              applicationConnectors: [{ type: http, port: 0 }]
              adminConnectors: [{ type: http, port: 0 }]
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @Test
    void theReadmePrintsTheApplicationAndCountsItsLines() throws Exception {
        String application = body("OrdersApplication");
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(readme).contains("```java\n" + application + "```", "```java\n" + body("Orders") + "```", FILE);
        long lines =
                (application + FILE).lines().filter(line -> !line.isBlank()).count();
        assertThat(readme).contains("These " + lines + " lines are all");
    }

    @Test
    void itStartsOnAnEmptyDatabaseAndARepeatGetsTheFirstAnswer(TestRedis redis, TestDatabase database)
            throws Exception {
        DropwizardTestSupport<IdempotentConfiguration> application =
                application(FILE.replace("redis://127.0.0.1:6379", redis.url())
                        .replace("postgres://orders:secret@127.0.0.1/orders", '"' + database.jdbcUrl() + '"'));
        application.before();
        try {
            HttpResponse<String> first = order(application.getLocalPort());
            HttpResponse<String> repeat = order(application.getLocalPort());

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(repeat.body()).isEqualTo(first.body()).startsWith("order ");
            assertThat(repeat.headers().firstValue("Idempotent-Replayed")).contains("true");
        } finally {
            application.after();
        }
    }

    @Test
    void aMissingSectionIsNamed() {
        assertThatThrownBy(() -> application("database: { url: postgres://127.0.0.1/orders }")
                        .before())
                .hasStackTraceContaining("the configuration file has no section redis; write for example");
        assertThatThrownBy(
                        () -> application("redis: { url: redis://127.0.0.1 }").before())
                .hasStackTraceContaining("the configuration file has no section database; write for example");
    }

    @Test
    void aSectionWithoutItsUrlIsNamed() {
        assertThatThrownBy(() -> application("redis: {}").before())
                .hasStackTraceContaining("redis.url must be the URL of a Redis, such as redis://127.0.0.1:6379");
        assertThatThrownBy(() -> application("redis: { url: redis://127.0.0.1 }\ndatabase: {}")
                        .before())
                .hasStackTraceContaining("database.url must be the URL of a PostgreSQL");
        assertThatThrownBy(() -> application("redis: { url: redis://127.0.0.1 }\ndatabase: { url: embedded }")
                        .before())
                .hasStackTraceContaining("database.url must be the URL of a PostgreSQL");
    }

    @Test
    void withoutMigrateAnEmptyDatabaseStopsTheStart(TestRedis redis, TestDatabase database) {
        assertThatThrownBy(() -> application("redis: { url: " + redis.url() + " }\ndatabase: { url: \""
                                + database.jdbcUrl() + "\" }")
                        .before())
                .hasStackTraceContaining("run: idem-admin migrate --tables idempotency");
    }

    private static String body(String type) throws IOException {
        String source = Files.readString(HERE.resolve(type + ".java"));
        int resource = source.indexOf("\n@Path");
        return source.substring((resource < 0 ? source.indexOf("\npublic final class") : resource) + 1);
    }

    private DropwizardTestSupport<IdempotentConfiguration> application(String file) {
        Path config = directory.resolve("config.yml");
        try {
            Files.writeString(config, file.stripTrailing() + PORTS);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return new DropwizardTestSupport<>(OrdersApplication.class, config.toString());
    }

    private static HttpResponse<String> order(int port) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/orders"))
                                .header("Idempotency-Key", "550e8400-e29b-41d4-a716-446655440001")
                                .POST(BodyPublishers.noBody())
                                .build(),
                        BodyHandlers.ofString());
    }
}
