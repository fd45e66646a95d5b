package dev.idem.ops.outage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.embedded.EphemeralPostgres;
import dev.idem.embedded.EphemeralRedis;
import dev.idem.ops.NodeProcess;
import dev.idem.ops.Tables;
import dev.idem.verification.support.RandomForm;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A quarter of an hour on two nodes with {@code -Xmx256m}, whose stores fail in turn, under routes of both consistencies. Memory,
 * threads and open files stay the same, nothing executes twice, and no client gets a 500. Prints what was seen.
 */
final class SoakIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final RandomForm FORM = RandomForm.asked();
    private static final Duration LENGTH =
            Duration.ofMillis(Math.round(60_000 * Double.parseDouble(System.getProperty("soak.minutes", "15"))));
    private static final Duration OUTAGE = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration THINK_TIME = Duration.ofMillis(200);
    private static final int CLIENTS = 8;
    private static final int ANSWER_BYTES = 2_000;
    private static final String ROUTES = """
              routes:
                - { prefix: /fast, upstream: '%1$s', policy: { consistency: fast, onStoreFailure: closed } }
                - { prefix: /strict, upstream: '%1$s', policy: { consistency: strict } }
            """;

    /** What clients may get while a store is unavailable. */
    private static final Set<String> ALLOWED =
            Set.of("executed", "replayed", "store-unavailable", "overloaded", "request-in-progress");

    private final HttpClient admin = HttpClient.newHttpClient();
    private final Path directory;

    SoakIT(@TempDir Path directory) {
        this.directory = directory;
    }

    /** @param end what ends it; the store may take some seconds to be itself again */
    private record Outage(String name, Runnable begin, Runnable end) {}

    @Test
    void storesThatFailInTurnLeaveNothingBehind() throws Exception {
        assumeTrue(FORM.full(), "only with -Pnightly");
        try (CountingApi api = new CountingApi(ANSWER_BYTES);
                EphemeralPostgres postgres = EphemeralPostgres.start();
                EphemeralRedis redis = EphemeralRedis.start()) {
            List<Outage> outages = List.of(
                    new Outage("Redis is killed, and empty afterwards", redis::kill, redis::restart),
                    new Outage("PostgreSQL is silent", postgres::pause, postgres::resume),
                    new Outage("Redis is silent", redis::pause, redis::resume),
                    new Outage("PostgreSQL is killed", postgres::kill, postgres::restart));
            Tables.createIn(postgres.jdbcUrl());
            Map<String, String> environment = Map.of(
                    "REDIS_URL", redis.url(),
                    "DATABASE_URL", postgres.jdbcUrl(),
                    "JWT_SECRET", "a secret that only this test has, 32 bytes");
            try (NodeProcess first = node("first.yml", api, environment);
                    NodeProcess second = node("second.yml", api, environment)) {
                List<NodeProcess> nodes = List.of(first, second);
                awaitTrust(nodes);
                RepeatingClients clients = new RepeatingClients(
                        api, List.of(first.port(), second.port()), List.of("/fast", "/strict"), THINK_TIME);
                List<Footprint> footprints = soak(clients, outages, nodes);

                print("repeats of all", clients.repeatAll());
                print("keys executed more than once", api.twice() + " of " + api.keys());
                assertThat(clients.seen("replayed")).isEqualTo(clients.answered());
                assertThat(api.twice()).isZero();
                assertFlat(footprints);
                for (NodeProcess node : nodes) {
                    assertThat(Files.readString(node.log())).doesNotContain("OutOfMemory");
                }
            }
        }
    }

    private List<Footprint> soak(RepeatingClients clients, List<Outage> outages, List<NodeProcess> nodes)
            throws Exception {
        List<Footprint> footprints = new ArrayList<>();
        long begin = System.nanoTime();
        for (int turn = 0; System.nanoTime() - begin < LENGTH.toNanos(); turn++) {
            Outage outage = outages.get(turn % outages.size());
            clients.start(CLIENTS);
            outage.begin().run();
            await().during(OUTAGE).atMost(PATIENCE).until(() -> nodes.stream()
                    .allMatch(node -> node.process().isAlive()));
            outage.end().run();
            awaitTrust(nodes);
            await().during(OUTAGE.dividedBy(2)).atMost(PATIENCE).until(() -> journalIsEmpty(nodes));
            String report = clients.stop();
            Footprint footprint = Footprint.of(nodes.get(0).process().pid());
            print(outage.name(), report + "; " + footprint);
            assertThat(clients.seen()).isSubsetOf(ALLOWED);
            footprints.add(footprint);
        }
        return footprints;
    }

    private static void assertFlat(List<Footprint> footprints) {
        List<Long> live = Footprint.medians(footprints, Footprint::liveBytes);
        List<Long> threads = Footprint.medians(footprints, Footprint::threads);
        List<Long> files = Footprint.medians(footprints, Footprint::files);
        print(
                "medians of the middle and the last third",
                "live bytes " + live + ", threads " + threads + ", files " + files);
        assertThat(live.get(1)).isLessThan(live.get(0) * 11 / 10 + (1 << 20));
        assertThat(threads.get(1)).isLessThan(threads.get(0) + 10);
        assertThat(files.get(1)).isLessThan(files.get(0) + 20);
    }

    private NodeProcess node(String name, CountingApi api, Map<String, String> environment) throws Exception {
        Path file = Files.writeString(
                directory.resolve(name),
                Files.readString(ROOT.resolve("config.yml")).replace("  routes: []", ROUTES.formatted(api.url())));
        return NodeProcess.startJar("256m", file, environment);
    }

    private void awaitTrust(List<NodeProcess> nodes) {
        await().atMost(PATIENCE).until(() -> sum("idempotency_redis_trusted", nodes) == nodes.size());
    }

    private boolean journalIsEmpty(List<NodeProcess> nodes) throws Exception {
        return sum("idempotency_journal_queue_depth", nodes) < CLIENTS * 4;
    }

    private double sum(String metric, List<NodeProcess> nodes) throws Exception {
        double sum = 0;
        for (NodeProcess node : nodes) {
            sum += node.metric(admin, metric, PATIENCE);
        }
        return sum;
    }

    private static void print(String what, String result) {
        System.out.println(what + ": " + result);
    }
}
