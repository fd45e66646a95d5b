package dev.idem.ops.scale;

import static dev.idem.ops.scale.Growth.LINEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.embedded.junit.ServersExtension;
import dev.idem.embedded.junit.TestDatabase;
import dev.idem.embedded.junit.TestRedis;
import dev.idem.ops.NodeProcess;
import dev.idem.verification.scale.FillPlan;
import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * What operators do costs what they ask for, not what is stored: each row of {@link Row#ALL} and the refill of an empty Redis, at
 * several numbers of records, in processes with small heaps. Prints the table.
 */
@ExtendWith(ServersExtension.class)
final class ScaleIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final int MANY = 1_000_000;

    /** Where processor time counts, the shortest of so many counts, since a machine has more to do. */
    private static final int TRIES = 3;

    private static final Row RECONCILE = Row.linear("reconcile", "--rate", "1000000");

    private final RandomForm form = RandomForm.asked();
    private final ScaleTable table = new ScaleTable(form.full());
    private final Path directory;

    ScaleIT(@TempDir Path directory) {
        this.directory = directory;
    }

    /**
     * The short form counts the stores' work and no time, and one in 200 answers has 1 MiB. What reads everything runs at its larger size only, to
     * see that a small heap is enough.
     */
    @Test
    void costGrowsWithWhatIsAsked(
            TestRedis redis1,
            TestDatabase database1,
            TestRedis redis2,
            TestDatabase database2,
            TestRedis redis3,
            TestDatabase database3)
            throws Exception {
        if (form.full()) {
            measure(redis1, database1, FillPlan.of(MANY / 100), row -> true, true);
            measure(redis2, database2, FillPlan.of(MANY / 10), row -> true, true);
            measure(redis3, database3, FillPlan.of(MANY), row -> true, true);
        } else {
            measure(
                    redis1,
                    database1,
                    FillPlan.of(2_000).large(10),
                    row -> row.always() && row.growth() != LINEAR,
                    false);
            measure(redis2, database2, FillPlan.of(20_000).large(100), Row::always, true);
        }

        report("scale.txt");
    }

    /** What reads everything is left out, but for the refill: it would take hours. */
    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void ofManyMoreRecordsTheCostIsTheSame(
            TestRedis redis1, TestDatabase database1, TestRedis redis2, TestDatabase database2) throws Exception {
        assumeTrue(form.full(), "only with -Pnightly");
        int records = Integer.getInteger("scale.records", 0);
        assumeTrue(records > MANY / 10, "only with -Dscale.records, as -Pnightly sets it");
        Machine machine = Machine.ofThisProcess(directory);
        assumeTrue(machine.holds(records), () -> records + " records do not fit: there are " + machine);

        measure(redis1, database1, FillPlan.of(MANY / 10), row -> row.growth() != LINEAR, true);
        measure(redis2, database2, FillPlan.of(records), row -> row.growth() != LINEAR, true);

        report("scale-of-many.txt");
    }

    private void report(String file) throws IOException {
        System.out.println(table);
        Files.writeString(Path.of("target", file), table.toString());
        assertThat(table.faults()).isEmpty();
    }

    @Test
    void aRefillThatIsInterruptedIsDoneByAnotherNode(TestRedis redis, TestDatabase database) throws Exception {
        assumeTrue(form.full(), "only with -Pnightly");
        try (Installation installation = new Installation(redis, database, FillPlan.of(MANY))) {
            installation.emptyRedis();
            try (NodeProcess first = start(installation, "first.yml")) {
                await().atMost(PATIENCE).until(() -> says(first, "10000 records copied"));
                first.kill();
            }
            try (NodeProcess second = start(installation, "second.yml")) {
                await().atMost(PATIENCE).until(() -> says(second, "Failback complete"));
            }
            new Tool(directory, installation.environment()).runFile(RECONCILE, "");
        }
    }

    @Test
    void seriesAppearForRoutesThatAreUsed(TestRedis redis, TestDatabase database) throws Exception {
        assumeTrue(form.full(), "only with -Pnightly");
        try (Installation installation = new Installation(redis, database, FillPlan.of(1))) {
            assertThat(metrics(installation, 200))
                    .hasSizeLessThan(2 * metrics(installation, 1).length());
        }
    }

    private String metrics(Installation installation, int routes) throws Exception {
        String file = IntStream.range(0, routes)
                .mapToObj(number -> "{ prefix: /orders" + number + ", upstream: 'http://127.0.0.1:9' }")
                .collect(Collectors.joining(", ", "  routes: [", "]"));
        Path configuration = Files.writeString(
                directory.resolve(routes + "-routes.yml"),
                Files.readString(ROOT.resolve("config.yml")).replace("  routes: []", file));
        try (NodeProcess node = NodeProcess.start(configuration, installation.environment())) {
            await().atMost(PATIENCE).until(node::isReady);
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + node.adminPort() + "/prometheus"))
                    .build();
            return HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body();
        }
    }

    private void measure(TestRedis redis, TestDatabase database, FillPlan plan, Predicate<Row> which, boolean refills)
            throws Exception {
        try (Installation installation = new Installation(redis, database, plan)) {
            Tool tool = new Tool(directory, installation.environment());
            for (Row row : Row.ALL) {
                if (which.test(row)) {
                    run(row, tool, installation);
                }
            }
            if (refills) {
                refill(installation);
            }
            installation.emptyRedis();
        }
    }

    private void run(Row row, Tool tool, Installation installation) throws IOException, InterruptedException {
        String key = installation.someKey().key();
        try {
            for (int again = form.full() && row.growth() != LINEAR ? TRIES : 1; again > 0; again--) {
                Measurement begin = Measurement.begin(installation);
                if (form.full() || row.growth() == LINEAR) {
                    tool.runFile(row, key);
                } else {
                    tool.runHere(row, key);
                }
                table.add(row.name(), row.growth(), installation.size(), begin.end());
            }
        } catch (AssertionError e) {
            table.failed(row.name(), installation.size(), e);
        }
    }

    /** On a busy machine Redis may seem unavailable for a moment. Then another refill begins, and costs as much again. */
    private void refill(Installation installation) throws IOException {
        for (int again = TRIES; again > 0; again--) {
            installation.emptyRedis();
            Measurement begin = Measurement.begin(installation);
            String log;
            try (NodeProcess node = start(installation, "refill-" + installation.size() + "-" + again + ".yml")) {
                await().atMost(PATIENCE).until(() -> says(node, "Failback complete"));
                log = Files.readString(node.log());
            } catch (IllegalStateException | ConditionTimeoutException e) {
                table.failed("refill", installation.size(), e);
                return;
            }
            if (!log.contains("A failback has ended early")) {
                table.add("refill", LINEAR, installation.size(), begin.end());
                return;
            }
        }
        table.failed("refill", installation.size(), new IllegalStateException("it was interrupted each time"));
    }

    private NodeProcess start(Installation installation, String name) throws IOException {
        return NodeProcess.start(
                Files.copy(ROOT.resolve("config.yml"), directory.resolve(name)), installation.environment());
    }

    /** @throws IllegalStateException if the node has ended */
    private static boolean says(NodeProcess node, String text) throws IOException {
        String log = Files.readString(node.log());
        if (!node.process().isAlive()) {
            throw new IllegalStateException("the node has ended: " + log);
        }
        return log.contains(text);
    }
}
