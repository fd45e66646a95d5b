package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import dev.idem.core.record.Scope;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
    void heldKeysAreAStateOfTheirOwn() throws Exception {
        stores.unknown(stores.redis, "user:1", "lost");
        stores.unknown(stores.postgres, "user:1", "lost");
        stores.unknown(stores.redis, "user:2", "only-in-redis");
        stores.completed(stores.postgres, "user:1", "done");

        assertThat(cli.run("list", "--state", "held").out())
                .containsPattern("postgresql +user:1 +lost +held +- .* none");
        assertThat(keys("--state", "held")).containsExactly("lost", "lost");
        assertThat(keys("--state", "HELD", "--scan")).containsExactlyInAnyOrder("lost", "lost", "only-in-redis");
        assertThat(keys("--state", "held", "--scope", "user:2")).isEmpty();
        assertThat(keys("--state", "completed")).containsExactly("done");
        assertThat(json(cli.run("-o", "json", "list", "--state", "held"))
                        .at("/records/0/state")
                        .asText())
                .isEqualTo("held");
        assertThat(cli.run("list", "--state", "held", "--stale").exitCode()).isEqualTo(2);
    }

    @Test
    void aListFitsAHundredColumnsUnlessItIsWide() {
        String scope = "user:" + "s".repeat(240);
        String key = "order-" + "k".repeat(240);
        stores.running(stores.postgres, scope, key);
        stores.completed(
                stores.postgres, "user:550e8400-e29b-41d4-a716-446655440000", "550e8400-e29b-41d4-a716-446655440009");

        Run narrow = cli.run("list");

        assertThat(narrow.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
        assertThat(narrow.out()).contains("user:ss…ssssss", "user:55…440000", "550e8400-e29b-41d4-a716-446655440009");
        assertThat(cli.run("list", "--wide").out()).contains(scope, key);
    }

    @Test
    void theHashOfAScopeInTheLogLeadsToItsRecords() throws Exception {
        stores.completed(stores.postgres, "user:1", "key-1");
        stores.completed(stores.postgres, "user:2", "key-2");
        stores.completed(stores.redis, "user:3", "key-3");

        assertThat(keys("--scope-hash", new Scope("user:2").logHash())).containsExactly("key-2");
        assertThat(keys("--scope-hash", new Scope("user:3").logHash().toUpperCase(Locale.ROOT), "--scan"))
                .containsExactly("key-3");
        assertThat(cli.run("list", "--scope-hash", "0123456789ab").exitCode()).isEqualTo(3);
        assertThat(cli.run("list", "--scope-hash", "nonsense").err()).contains("12 hexadecimal digits");
        assertThat(cli.run("list", "--scope-hash", "0123456789ab", "--scope", "user:1")
                        .exitCode())
                .isEqualTo(2);
        assertThat(stores.cliWithoutRedis(directory)
                        .run("list", "--scope-hash", "0123456789ab")
                        .exitCode())
                .isEqualTo(1);
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

        assertThat(cli.run("list").out()).containsPattern("redis +user:1 +key-1 +completed +- .* 201");
        assertThat(cli.run("list", "--wide").out()).contains("201, 1 headers, 48 bytes stored");
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
        assertThat(document.fieldNames())
                .toIterable()
                .containsExactly("records", "more", "partial", "unavailable", "unreadable");
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
