package dev.idem.admin.command;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.admin.command.Cli.Run;
import dev.idem.admin.session.ExitCode;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.redis.layout.RedisKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

/** One node of a Redis Cluster is away, and no command takes what the others have for all. */
@ExtendWith(ServersExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // JUnit calls prepare
final class ClusterNodeAwayIT {
    private static final RedisKeys KEYS = new RedisKeys("idem:");
    private static final Scope SCOPE = new Scope("user:1");

    /** What looks at many records. */
    private static final List<String> OF_MANY = List.of(
            "list",
            "list --stale",
            "list --stale --scan",
            "list --state held",
            "list --scope user:1",
            "list --scope-hash 0123456789ab",
            "inspect nothing",
            "inspect nothing --scan",
            "inspect --scope user:1",
            "stats --exact",
            "clear-stale --yes",
            "clear-stale --dry-run",
            "resolve nothing --release --yes",
            "reconcile",
            "reconcile --repair --yes",
            "doctor");

    private static final String SHORT = "300ms";
    private static final String STATS = "stats -o json";

    private final ExecutorService runs = Executors.newFixedThreadPool(OF_MANY.size());
    private Path directory;
    private ThreeMasters cluster;
    private String database;
    /** Not the first bucket's, whose keys every command reads. */
    private int victim;

    @BeforeAll
    void prepare(@TempDir Path temporary, TestDatabase place) throws IOException {
        directory = temporary;
        database = place.jdbcUrl();
        cluster = new ThreeMasters(temporary);
        victim = (cluster.nodeOf(KEYS.journals()) + 1) % 3;
        assertThat(run("migrate up").exitCode()).isZero();
    }

    private Run run(String command) {
        return run(command, "5s");
    }

    private Run run(String command, String timeout) {
        try {
            Path place = Files.createTempDirectory(directory, "run");
            Files.writeString(
                    place.resolve("config.yml"),
                    "redis: { mode: cluster, url: '" + cluster.url() + "' }\ndatabase: { url: '" + database + "' }\n");
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of("--timeout", timeout));
            return Cli.in(place).run(arguments.toArray(String[]::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Run> run(List<String> commands) {
        Map<String, CompletableFuture<Run>> all = commands.stream()
                .collect(toMap(
                        command -> command, command -> CompletableFuture.supplyAsync(() -> run(command, SHORT), runs)));
        return all.entrySet().stream()
                .collect(toMap(Map.Entry::getKey, run -> run.getValue().join()));
    }

    private static void assertIncomplete(String command, Run run) {
        assertThat(run.exitCode()).as(command + run).isEqualTo(ExitCode.FAILED);
        assertThat(run.out() + run.err())
                .as(command)
                .contains("redis (")
                .doesNotContain("Unexpected failure", "Exception", "postgresql (");
        assertThat(run.out()).as(command).doesNotContain("No record", "Nothing is stale", "agree", "STORE  redis");
    }

    private void assertIncomplete(List<String> commands) {
        run(commands).forEach(ClusterNodeAwayIT::assertIncomplete);
    }

    private void assertKindOfStatistics(String kind) throws IOException {
        Run run = run(STATS, SHORT);
        JsonNode result = new ObjectMapper().readTree(run.out());

        assertThat(run.exitCode()).as(run.toString()).isEqualTo(ExitCode.FAILED);
        assertThat(result.at("/partial").asBoolean()).isTrue();
        assertThat(result.at("/unavailable/0/kind").asText()).as(run.out()).isEqualTo(kind);
    }

    private String key(IntPredicate ofNode) {
        return IntStream.range(0, 1_000)
                .mapToObj(number -> "key-" + number)
                .filter(key -> ofNode.test(cluster.nodeOf(KEYS.nameOf(new RecordId(SCOPE, key)))))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theWholeClusterIsComplete() {
        assertThat(run("clear-stale --yes").toString()).contains("Nothing is stale.");
        assertThat(run("reconcile").toString()).contains("The stores agree.");
        assertThat(run("list").exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @Test
    void aSuspendedNodeIsMissed() throws IOException {
        cluster.suspend(victim);
        try {
            assertIncomplete(OF_MANY);
            assertKindOfStatistics("timeout");
            assertThat(run("reconcile", SHORT).err()).contains("(node " + cluster.address(victim) + ')');
        } finally {
            cluster.resume(victim);
        }
    }

    @Test
    void oneRecordNeedsItsOwnNodeAlone() throws IOException {
        String lost = key(node -> node == victim);
        String near = key(node -> node != victim);
        cluster.suspend(victim);
        try {
            assertIncomplete(
                    List.of("inspect " + lost + " --scope user:1", "delete " + lost + " --scope user:1 --yes"));
            assertThat(run("inspect " + near + " --scope user:1", "1s").exitCode())
                    .isEqualTo(ExitCode.NOTHING_FOUND);
        } finally {
            cluster.resume(victim);
        }
    }

    @Test
    @Order(Integer.MAX_VALUE) // it does not come back
    void aNodeThatIsGoneIsMissed() throws IOException {
        cluster.stop(victim);

        assertIncomplete(List.of("list --stale", "clear-stale --yes", "reconcile"));
        assertKindOfStatistics("refused");
    }

    @Test
    void aNodeThatRefusesIsMissed() throws IOException {
        try (Jedis node = cluster.node(victim)) {
            node.aclSetUser("default", "-evalsha", "-dbsize");
            try {
                assertIncomplete(List.of("list --stale", "clear-stale --yes", "reconcile"));
                assertKindOfStatistics("permission");
            } finally {
                node.aclSetUser("default", "+@all");
            }
        }
    }

    @Test
    void slotsThatNobodyServesAreMissed() throws IOException {
        try (Jedis node = cluster.node(victim)) {
            node.clusterDelSlots(cluster.slots(victim));
            try {
                assertIncomplete(List.of("list --stale", "clear-stale --yes", "reconcile", "stats --exact"));
            } finally {
                node.clusterAddSlots(cluster.slots(victim));
                cluster.awaitWhole();
            }
        }
    }

    @Test
    void nobodyAdoptsAPartOfACluster() throws IOException {
        cluster.suspend(victim);
        try {
            assertIncomplete("adopt", run("adopt --yes", SHORT));
        } finally {
            cluster.resume(victim);
        }
        assertThat(run("adopt --yes").out()).contains("Redis belongs to test_");
    }

    @AfterAll
    void close() throws IOException {
        runs.shutdownNow();
        cluster.close();
    }
}
