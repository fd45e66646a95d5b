package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One record that no client could have made does not keep the others from an operator, who is told of it. */
class UnreadableRecordsIT extends CommandIT {
    @BeforeEach
    void fill() {
        stores.completed(stores.postgres, "user:1", "good");
        stores.completed(stores.redis, "user:1", "good");
        stores.completed(stores.postgres, "user:1", "damaged");
        stores.damagedAnswer("damaged");
        stores.completed(stores.postgres, "user:1", "renamed");
        stores.renamed("renamed", "\u202Eключ");
        stores.foreignRedisKey("hash");
    }

    @Test
    void aListShowsTheOthersAndNamesIt() throws Exception {
        Run run = cli.run("list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("good");
        assertThat(run.err())
                .contains("3 records could not be read:", "key 'damaged'", "key '?ключ'", "key 'hash'", "scope hash ")
                .doesNotContain("Unexpected failure", "\u202E");
        assertThat(json(cli.run("-o", "json", "list")).at("/unreadable/count").asInt())
                .isEqualTo(3);
    }

    @Test
    void theOtherCommandsGoOnAndAreIncomplete() {
        for (String[] command : new String[][] {{"reconcile"}, {"list", "--scope", "user:1"}, {"inspect", "damaged"}}) {
            Run run = cli.run(command);

            assertThat(run.exitCode()).as(command[0]).isEqualTo(1);
            assertThat(run.err()).doesNotContain("Unexpected failure");
        }
        assertThat(cli.run("reconcile").err()).contains("could not be read");
        assertThat(cli.run("clear-stale", "--dry-run").err()).doesNotContain("Unexpected failure");
        assertThat(cli.run("inspect", "damaged").out()).doesNotContain("No record of this key was found.");
    }

    @Test
    void whatOneStoreCannotReadIsNotMissingThere() throws Exception {
        stores.completed(stores.redis, "user:1", "damaged");
        stores.completed(stores.postgres, "user:1", "hash");

        for (String[] command : new String[][] {
            {"-o", "json", "reconcile", "--settle", "1ms"},
            {"-o", "json", "reconcile", "--settle", "1ms", "--repair", "--yes"}
        }) {
            Run run = cli.run(command);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(json(run).at("/differences")).isEmpty();
            assertThat(json(run).at("/settled").asInt()).isZero();
            assertThat(json(run).at("/unreadable/count").asInt()).isEqualTo(3);
        }
    }

    @Test
    void inspectSaysInWhichStoreItCannotBeRead() throws Exception {
        stores.completed(stores.postgres, "user:1", "hash");

        Run run = cli.run("inspect", "hash", "--scope", "user:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("The record cannot be read in redis.", "depends on the record that cannot be read")
                .doesNotContain("unavailable");
        assertThat(run.err()).contains("1 record could not be read:", "redis: scope hash ", "key 'hash'");
        assertThat(json(cli.run("-o", "json", "inspect", "hash", "--scope", "user:1"))
                        .at("/verdicts/0/unreadable/0")
                        .asText())
                .isEqualTo("redis");
    }

    @Test
    void whatHasAKeyCanBeDeletedByForce() {
        Run careful = cli.run("delete", "damaged", "--scope", "user:1", "--yes");
        assertThat(careful.exitCode()).isEqualTo(2);
        assertThat(careful.err()).contains("its record of this key cannot be read", "--force");

        Run forced = cli.run("delete", "damaged", "--scope", "user:1", "--yes", "--force");
        assertThat(forced.exitCode()).isZero();
        assertThat(forced.out()).contains("Deleted in postgresql.");
        assertThat(forced.err()).contains("cannot be read").doesNotContain("force");
        assertThat(cli.run("list").err()).contains("2 records could not be read");
    }
}
