package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.verification.support.JavaCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A node of an earlier release beside one of this build, on the same stores: a key takes effect once, on either node. */
@ExtendWith(ServersExtension.class)
@SuppressWarnings("NullAway.Init") // JUnit calls the method that sets the fields
final class RollingUpgradeIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int KEYS = 200;
    private static final String PREVIOUS = System.getProperty("previous.jar", "");

    private final Path directory;
    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private EphemeralRedis redis;
    private Map<String, String> environment;
    private HttpServer upstream;
    private Path configuration;
    private Path configurationBefore;

    RollingUpgradeIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @BeforeAll
    static void onlyBesideAnEarlierRelease() {
        assumeTrue(Files.isRegularFile(Path.of(PREVIOUS)), "only with -Pnightly, which builds the earlier release");
    }

    @BeforeEach
    void start(TestDatabase database) throws IOException {
        redis = EphemeralRedis.startDurable();
        database.filledOnce("tables", Tables::createIn);
        environment = Map.of(
                "REDIS_URL", redis.url(),
                "DATABASE_URL", database.jdbcUrl(),
                "JWT_SECRET", "a secret that only this test has, 32 bytes");
        upstream = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        upstream.setExecutor(Executors.newCachedThreadPool());
        upstream.createContext("/", exchange -> {
            String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
            byte[] answer = (key + " " + effects.merge(key, 1, Integer::sum)).getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(201, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        upstream.start();
        configuration = configured("current.yml", Path.of(System.getProperty("project.root")));
        // The jar lies in service/target of its release.
        configurationBefore =
                configured("earlier.yml", Path.of(PREVIOUS).resolve("../../..").normalize());
    }

    /** A release's own config.yml, with a route: an earlier one refuses keys that it does not know. */
    private Path configured(String name, Path release) throws IOException {
        String own = Files.readString(release.resolve("config.yml"));
        assertThat(own).contains("  routes: []");
        return Files.writeString(
                directory.resolve(name),
                own.replace(
                        "  routes: []",
                        "  routes: [{ prefix: /orders, upstream: 'http://127.0.0.1:"
                                + upstream.getAddress().getPort()
                                + "', scope: authorization, policy: { keyFormat: any, wait: 10s } }]"));
    }

    @AfterEach
    void stop() {
        if (upstream != null) {
            upstream.stop(0);
        }
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void inCalmTimesEachAnswersForTheOther() throws Exception {
        try (NodeProcess earlier = earlier();
                NodeProcess current = current()) {
            awaitReady(earlier, current);

            askForAll("calm", earlier, current);
        }
        assertOneEffectEach(KEYS);
    }

    @Test
    void whenRedisIsLostBothLetPostgresqlDecideAndAgainRedis() throws Exception {
        try (NodeProcess earlier = earlier();
                NodeProcess current = current()) {
            awaitReady(earlier, current);
            askForAll("before", earlier, current);
            CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> askForAll("during", earlier, current));
            await().until(() -> effects.size() > KEYS + KEYS / 4);
            redis.kill();
            await().until(() -> effects.size() > KEYS + KEYS / 2);
            redis.restart();
            assertThat(asking).as("they still ask when Redis is back").isNotDone();
            asking.join();
            askForAll("before", earlier, current);
            askForAll("during", current, earlier);
        }
        assertOneEffectEach(2 * KEYS);
    }

    @Test
    void aNodeThatIsReplacedLeavesWhatItKnew() throws Exception {
        try (NodeProcess staying = earlier()) {
            try (NodeProcess replaced = earlier()) {
                awaitReady(staying, replaced);
                askForAll("before", staying, replaced);
            }
            try (NodeProcess current = current()) {
                awaitReady(current);
                askForAll("before", current, staying);
                askForAll("after", current, staying);
            }
            try (NodeProcess back = earlier()) {
                awaitReady(back);
                askForAll("after", back, staying);
            }
        }
        assertOneEffectEach(2 * KEYS);
    }

    private NodeProcess earlier() throws IOException {
        return NodeProcess.start(JavaCommand.ofJar(PREVIOUS), configurationBefore, environment);
    }

    private NodeProcess current() throws IOException {
        return NodeProcess.start(configuration, environment);
    }

    private static void awaitReady(NodeProcess... nodes) {
        for (NodeProcess node : nodes) {
            await().atMost(PATIENCE).until(node::isReady);
        }
    }

    /** Each key is sent to both nodes at once, and then to each once more; all four are answered alike. */
    private void askForAll(String group, NodeProcess one, NodeProcess other) {
        for (int i = 0; i < KEYS; i++) {
            String key = group + "-" + i;
            List<CompletableFuture<String>> together =
                    Stream.of(one, other).map(node -> answer(node, key)).toList();
            assertThat(together).allSatisfy(answer -> assertThat(answer.join()).isEqualTo(key + " 1"));
            assertThat(answer(one, key).join()).isEqualTo(key + " 1");
            assertThat(answer(other, key).join()).isEqualTo(key + " 1");
        }
    }

    private CompletableFuture<String> answer(NodeProcess node, String key) {
        return answer(node, key, Instant.now().plus(PATIENCE));
    }

    /** A client repeats at once what it may, for so long; any other answer is a failure. */
    private CompletableFuture<String> answer(NodeProcess node, String key, Instant until) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + node.port() + "/orders"))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer ann")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString(
                        "{\"of\":\"" + UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)) + "\"}"))
                .build();
        return client.sendAsync(request, BodyHandlers.ofString()).thenCompose(answer -> {
            if (isToBeRepeated(answer) && Instant.now().isBefore(until)) {
                return answer(node, key, until);
            }
            assertThat(answer.statusCode()).as("%s: %s", key, answer.body()).isEqualTo(201);
            return CompletableFuture.completedFuture(answer.body());
        });
    }

    private static boolean isToBeRepeated(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 429, 503 -> true;
            case 409 -> answer.body().contains("/problems/request-in-progress");
            default -> false;
        };
    }

    private void assertOneEffectEach(int keys) {
        assertThat(effects)
                .hasSize(keys)
                .allSatisfy((key, times) -> assertThat(times).as(key).isEqualTo(1));
    }
}
