package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import java.util.List;
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
        stores.running(stores.redis, "user:1", "running");
        stores.dead(stores.redis, "user:1", "dead");
        stores.completed(stores.postgres, "user:1", "done");
        stores.completed(stores.postgres, "user:2", "others");

        assertThat(keys("--state", "processing")).containsExactlyInAnyOrder("running", "dead");
        assertThat(keys("--state", "completed")).containsExactlyInAnyOrder("done", "others");
        assertThat(keys("--scope", "user:2")).containsExactly("others");
        assertThat(keys("--stale")).containsExactly("dead");
        assertThat(keys("--stale", "--scope", "user:2")).isEmpty();
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
