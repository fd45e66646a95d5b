package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.service.IdemApplication;
import dev.idem.service.config.IdemConfiguration;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.testing.ConfigOverride;
import io.dropwizard.testing.DropwizardTestSupport;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the rules and the dashboard ask for is what a service shows that has had one request, and been repeated once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ExportedMetricsIT {
    /** Prometheus adds them itself, or they are of a recorded metric whose own expression is looked at. */
    private static final Set<String> ADDED = Set.of("instance", "job");

    private DropwizardTestSupport<IdemConfiguration> service;
    private Scrape scrape;
    private Rules rules;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        String project = Files.readString(Path.of(System.getProperty("project.root"), "config.yml"));
        Path file = directory.resolve("config.yml");
        Files.writeString(
                file,
                project.replace("  routes: []", "  routes: [{ prefix: /orders, upstream: 'http://127.0.0.1:9' }]"));
        service = new DropwizardTestSupport<>(
                IdemApplication.class,
                file.toString(),
                new SubstitutingSourceProvider(
                        new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                ConfigOverride.config("server.applicationConnectors[0].port", "0"),
                ConfigOverride.config("server.adminConnectors[0].port", "0"),
                ConfigOverride.config("redis.url", "embedded"),
                ConfigOverride.config("database.url", "embedded"),
                ConfigOverride.config("dataDir", directory.resolve("data").toString()));
        service.before();
        post();
        post();
        scrape = Scrape.of(get(service.getAdminPort(), "/prometheus"));
        rules = Rules.read();
    }

    @AfterAll
    void stop() {
        service.after();
    }

    @Test
    void rulesAskForWhatThereIs() {
        assertThat(rules.expressions()).isNotEmpty().allSatisfy(this::isAnswered);
    }

    @Test
    void soDoesEachPanel() throws Exception {
        JsonNode dashboard = new ObjectMapper()
                .readTree(Rules.OPS.resolve("grafana/idempotency.json").toFile());
        List<String> asked = stream(dashboard.get("panels"))
                .flatMap(panel -> stream(panel.path("targets")))
                .map(target -> target.get("expr").asText())
                .toList();

        assertThat(asked).isNotEmpty().allSatisfy(this::isAnswered);
    }

    private void isAnswered(String text) {
        Expression asked = Expression.of(text);
        Stream<String> ours = asked.metrics().stream()
                .filter(name -> !name.equals("up") && !rules.recorded().contains(name));
        List<String> names = ours.toList();
        assertThat(names).as(text).allMatch(scrape.labels()::containsKey);
        Set<String> shown = names.stream()
                .flatMap(name -> scrape.labels().getOrDefault(name, Set.of()).stream())
                .collect(Collectors.toSet());
        assertThat(asked.labels().stream().filter(label -> !ADDED.contains(label) && !names.isEmpty()))
                .as(text)
                .allMatch(shown::contains);
    }

    private void post() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + service.getLocalPort() + "/orders"))
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", "8e03978e-40d5-43e8-bc93-6894a57f9324")
                .POST(BodyPublishers.ofString("{}"))
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .statusCode())
                .isGreaterThanOrEqualTo(500);
    }

    private static String get(int port, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
