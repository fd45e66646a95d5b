package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ListIT extends CommandIT {

    @Test
    void recordsOfBothStoresAreListedWithTheirStore() {
        stores.running(stores.redis, "user:1", "key-1");
        stores.completed(stores.postgres, "user:2", "key-2");

        Run run = cli.run("list");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.out())
                .containsPattern("STORE +SCOPE +KEY +STATE +STALE")
                .containsPattern("redis +user:1 +key-1 +processing +no")
                .containsPattern("postgresql +user:2 +key-2 +completed +-");
    }

    @Test
    void theListIsNarrowedByStateScopeAndStaleness() throws Exception {
        stores.journalled(stores.running(stores.redis, "user:1", "running"));
        stores.journalled(stores.dead(stores.redis, "user:1", "dead"));
        stores.completed(stores.postgres, "user:1", "done");
        stores.completed(stores.postgres, "user:2", "others");

        assertThat(keys("--state", "processing")).containsExactlyInAnyOrder("running", "dead", "running", "dead");
        assertThat(keys("--state", "completed")).containsExactlyInAnyOrder("done", "others");
        assertThat(keys("--scope", "user:2")).containsExactly("others");
        assertThat(keys("--stale")).containsExactly("dead", "dead");
        assertThat(keys("--stale", "--scope", "user:2")).isEmpty();
    }

    @Test
    void whatPostgresHasNotReceivedIsFoundByAScan() throws Exception {
        stores.dead(stores.redis, "user:1", "dead");
        stores.completed(stores.redis, "user:1", "done");

        assertThat(keys("--stale")).isEmpty();
        assertThat(keys("--stale", "--scan")).containsExactly("dead");
        assertThat(keys("--state", "processing", "--scan")).containsExactly("dead");
        assertThat(json(stores.cliWithoutDatabase(directory).run("-o", "json", "list", "--stale"))
                        .at("/records")
                        .findValuesAsText("key"))
                .containsExactly("dead");
    }

    @Test
    void ofOneScopeRedisIsAskedForWhatPostgresKnows() throws Exception {
        stores.completed(stores.redis, "user:1", "only-there");
        stores.completed(stores.redis, "user:1", "done");
        stores.running(stores.postgres, "user:1", "done");

        assertThat(keys("--scope", "user:1")).containsExactly("done", "done");
        assertThat(keys("--scope", "user:1", "--state", "completed")).containsExactly("done");
        assertThat(keys("--scope", "user:1", "--scan")).containsExactlyInAnyOrder("only-there", "done", "done");
        assertThat(json(stores.cliWithoutDatabase(directory).run("-o", "json", "list", "--scope", "user:1"))
                        .at("/records")
                        .findValuesAsText("key"))
                .containsExactlyInAnyOrder("only-there", "done");
    }

    @Test
    void withAStoreAwayAListIsPartialAndFails() throws Exception {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.postgres, "user:1", "key-1");

        List<Function<Path, Cli>> halves = List.of(stores::cliWithoutRedis, stores::cliWithoutDatabase);
        for (Function<Path, Cli> inDirectory : halves) {
            Cli half = inDirectory.apply(directory);
            for (String more : List.of("--limit=5", "--scope=user:1", "--state=completed")) {
                Run table = half.run("list", more);
                Run document = half.run("-o", "json", "list", more);

                assertThat(table.exitCode()).isEqualTo(1);
                assertThat(table.out()).contains("key-1");
                assertThat(document.exitCode()).isEqualTo(1);
                assertThat(json(document).at("/partial").asBoolean()).isTrue();
            }
        }
        assertThat(json(stores.cli(directory).run("-o", "json", "list"))
                        .at("/partial")
                        .asBoolean(true))
                .isFalse();
    }

    @Test
    void ofAnAnswerOnlyStatusAndSizeAreShown() throws Exception {
        stores.completed(stores.redis, "user:1", "key-1");

        JsonNode answer = json(cli.run("-o", "json", "list")).at("/records/0/answer");

        assertThat(cli.run("list").out()).contains("201, 1 headers, 48 bytes stored");
        assertThat(answer.at("/status").asInt()).isEqualTo(201);
        assertThat(answer.at("/stored_bytes").asInt()).isEqualTo(48);
        assertThat(answer.get("body_bytes").isNull()).isTrue();
        assertThat(answer.get("body_hash").isNull()).isTrue();
    }

    @Test
    void aLongListIsTheSameDocumentAsAShortOne() throws Exception {
        IntStream.range(0, 1100).forEach(i -> stores.completed(stores.postgres, "user:1", "key-" + i));

        Run table = cli.run("list", "--limit", "1050");
        JsonNode document = json(cli.run("-o", "json", "list", "--limit", "1050"));

        assertThat(table.out().lines())
                .hasSize(1051)
                .filteredOn(line -> line.startsWith("STORE"))
                .hasSize(1);
        assertThat(document.fieldNames()).toIterable().containsExactly("records", "more", "partial", "unavailable");
        assertThat(document.at("/records")).hasSize(1050);
        assertThat(document.at("/more").asBoolean()).isTrue();
    }

    @Test
    void moreThanTheLimitIsSaidToBeThere() throws Exception {
        IntStream.range(0, 3).forEach(i -> stores.completed(stores.postgres, "user:1", "key-" + i));

        Run run = cli.run("list", "--limit", "2");
        JsonNode json = json(cli.run("list", "--limit", "2", "-o", "json"));

        assertThat(run.out().lines()).hasSize(3);
        assertThat(run.err()).contains("raise --limit");
        assertThat(json.at("/records")).hasSize(2);
        assertThat(json.at("/more").asBoolean()).isTrue();
        assertThat(json(cli.run("list", "--limit", "3", "-o", "json"))
                        .at("/more")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void manyPagesAreWalkedThrough() throws Exception {
        IntStream.range(0, 1100).forEach(i -> stores.running(stores.redis, "user:1", "key-" + i));
        IntStream.range(0, 600).forEach(i -> stores.running(stores.postgres, "user:1", "key-" + i));

        assertThat(keys("--limit", "5000")).hasSize(1700);
    }

    @Test
    void anEmptyListIsNotFound() {
        assertThat(cli.run("list").exitCode()).isEqualTo(3);
    }

    private List<String> keys(String... options) throws Exception {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "-o";
        arguments[1] = "json";
        arguments[2] = "list";
        System.arraycopy(options, 0, arguments, 3, options.length);
        return json(cli.run(arguments)).at("/records").findValuesAsText("key");
    }
}
