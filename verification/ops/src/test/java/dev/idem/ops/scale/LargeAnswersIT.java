package dev.idem.ops.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.ops.NodeProcess;
import dev.idem.ops.Tables;
import dev.idem.ops.outage.CountingApi;
import dev.idem.ops.outage.RepeatingClients;
import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/**
 * A thousand answers of 1 MiB, and nodes with {@code -Xmx300m}: what happens when Redis is emptied, a node is added, an operator looks,
 * or PostgreSQL is unavailable. Prints what the clients saw.
 */
final class LargeAnswersIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final RandomForm FORM = RandomForm.asked();
    private static final int ANSWERS = 1_000;
    /** The most that a route stores by default. */
    private static final int ANSWER_BYTES = 1 << 20;

    private static final int CLIENTS = 8;
    /** Eight clients then send a new key each 60 ms at most: less than a failback copies. */
    private static final Duration THINK_TIME = Duration.ofMillis(500);

    private static final Duration OUTAGE = Duration.ofMinutes(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration ADMIN_PORT = Duration.ofSeconds(2);
    private static final String TRUSTED = "idempotency_redis_trusted";
    private static final Set<Integer> DONE = Set.of(0);

    private final HttpClient admin = HttpClient.newHttpClient();
    private final Path directory;

    LargeAnswersIT(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void nothingIsLostAndEveryNodeLivesOn() throws Exception {
        assumeTrue(FORM.full(), "only with -Pnightly");
        try (CountingApi api = new CountingApi(ANSWER_BYTES);
                EphemeralPostgres postgres = EphemeralPostgres.start();
                EphemeralRedis redis = EphemeralRedis.start()) {
            Tables.createIn(postgres.jdbcUrl());
            Map<String, String> environment = Map.of(
                    "REDIS_URL", redis.url(),
                    "DATABASE_URL", postgres.jdbcUrl(),
                    "JWT_SECRET", "a secret that only this test has, 32 bytes");
            try (NodeProcess first = node("first.yml", api, environment);
                    NodeProcess second = node("second.yml", api, environment)) {
                awaitTrust(first, second);
                RepeatingClients clients =
                        new RepeatingClients(api, List.of(first.port(), second.port()), List.of("/orders"), THINK_TIME);
                clients.send(ANSWERS);
                emptyRedis(redis, clients, first, second);
                addNode(api, environment, first, second);
                look(environment, clients.someKey());
                losePostgres(postgres, clients, first, second);

                print("repeats of all", clients.repeatAll());
                assertThat(clients.seen("replayed") + clients.seen("response-not-stored"))
                        .isEqualTo(clients.answered());
                if (failovers(first) + failovers(second) == 2) {
                    // Redis responded in time while PostgreSQL was unavailable. Otherwise each node decides for itself
                    // then.
                    assertThat(api.twice()).isZero();
                }
                print("keys executed more than once", api.twice() + " of " + api.keys());
                assertThat(log(first) + log(second)).doesNotContain("OutOfMemory");
            }
        }
    }

    private void emptyRedis(EphemeralRedis redis, RepeatingClients clients, NodeProcess first, NodeProcess second)
            throws Exception {
        clients.start(CLIENTS);
        try (Jedis client = new Jedis(URI.create(redis.url()), Math.toIntExact(PATIENCE.toMillis()))) {
            client.flushAll();
        }
        await().atMost(PATIENCE).until(() -> failovers(first) > 0 && failovers(second) > 0);
        awaitTrust(first, second);
        print("while Redis is refilled", clients.stop());
        assertThat(clients.sawWrong()).isFalse();
    }

    private void addNode(CountingApi api, Map<String, String> environment, NodeProcess... others) throws Exception {
        try (NodeProcess third = node("third.yml", api, environment)) {
            awaitTrust(third);
            await().during(Duration.ofSeconds(10)).atMost(PATIENCE).until(() -> metric(third, TRUSTED) == 1);
            for (NodeProcess node : others) {
                assertThat(metric(node, TRUSTED)).isEqualTo(1);
            }
        }
    }

    private void look(Map<String, String> environment, String key) throws Exception {
        Tool tool = new Tool(directory, environment);
        for (List<String> command : List.of(
                List.of("list", "--limit", "20"),
                List.of("-o", "json", "list", "--limit", "2000"),
                List.of("inspect", Row.KEY),
                List.of("reconcile"))) {
            long begin = System.nanoTime();
            tool.runFile(new Row(Growth.LINEAR, command, DONE, false), key);
            print(
                    String.join(" ", command),
                    Duration.ofNanos(System.nanoTime() - begin).toMillis() + " ms");
        }
    }

    private void losePostgres(
            EphemeralPostgres postgres, RepeatingClients clients, NodeProcess first, NodeProcess second)
            throws Exception {
        postgres.kill();
        clients.start(CLIENTS);
        await().during(OUTAGE).atMost(OUTAGE.plus(PATIENCE)).until(() -> metric(first, TRUSTED) >= 0);
        print("while PostgreSQL is unavailable", clients.stop());
        postgres.restart();
        awaitTrust(first, second);
        for (NodeProcess node : List.of(first, second)) {
            await().atMost(PATIENCE).until(() -> metric(node, "idempotency_journal_queue_depth") == 0);
        }
    }

    private NodeProcess node(String name, CountingApi api, Map<String, String> environment) throws Exception {
        Path file = Files.writeString(
                directory.resolve(name),
                Files.readString(ROOT.resolve("config.yml"))
                        .replace("  routes: []", "  routes: [{ prefix: /orders, upstream: '" + api.url() + "' }]"));
        return NodeProcess.startJar("300m", file, environment);
    }

    private void awaitTrust(NodeProcess... nodes) {
        for (NodeProcess node : nodes) {
            await().atMost(PATIENCE).until(() -> metric(node, TRUSTED) == 1);
        }
    }

    /** Fails unless the admin port responds in time. */
    private double metric(NodeProcess node, String name) throws Exception {
        return node.metric(admin, name, ADMIN_PORT);
    }

    private static long failovers(NodeProcess node) throws IOException {
        return log(node).lines().filter(line -> line.contains("Failover:")).count();
    }

    private static String log(NodeProcess node) throws IOException {
        return Files.readString(node.log());
    }

    private static void print(String what, String result) {
        System.out.println(what + ": " + result);
    }
}
