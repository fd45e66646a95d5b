package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import dev.idem.core.record.Lease;
import org.junit.jupiter.api.Test;

class DeleteIT extends CommandIT {

    @Test
    void aKeyIsForgottenInBothStores() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.postgres, "user:1", "key-1");

        Run run = cli.run("delete", "key-1", "--scope", "user:1", "--yes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Deleted in postgresql and redis.");
        assertThat(cli.run("inspect", "key-1").exitCode()).isEqualTo(3);
    }

    @Test
    void theSameKeyOfAnotherUserStays() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.redis, "user:2", "key-1");

        cli.run("delete", "key-1", "--scope", "user:1", "--yes");

        assertThat(cli.run("inspect", "key-1").out()).contains("user:2").doesNotContain("user:1");
    }

    @Test
    void aStarInAKeyIsNoPattern() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.postgres, "user:1", "key-1");

        assertThat(cli.run("delete", "key-*", "--scope", "user:1", "--yes").exitCode())
                .isEqualTo(3);
        assertThat(cli.run("delete", "' OR true --", "--scope", "user:1", "--yes")
                        .exitCode())
                .isEqualTo(3);
        assertThat(cli.run("inspect", "key-1").exitCode()).isZero();
    }

    @Test
    void itAsksFirst() {
        stores.completed(stores.redis, "user:1", "key-1");

        Run run = cli.typing(() -> "n").run("delete", "key-1", "--scope", "user:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("201, 1 headers, 5 bytes", "Nothing was deleted.");
        assertThat(cli.run("inspect", "key-1").exitCode()).isZero();
    }

    @Test
    void whereNobodyCanBeAskedItSaysHowToGoOn() {
        stores.completed(stores.redis, "user:1", "key-1");

        Run run = cli.run("delete", "key-1", "--scope", "user:1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--yes");
    }

    @Test
    void aRunningRequestIsProtectedFromYes() {
        Lease lease = stores.running(stores.redis, "user:1", "key-1");

        Run run = cli.run("delete", "key-1", "--scope", "user:1", "--yes");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("alive", "--force");
        assertThat(stores.redisRecords.find(lease.id())).isPresent();
    }

    @Test
    void forceDeletesAlsoARunningRequest() throws Exception {
        Lease lease = stores.running(stores.redis, "user:1", "key-1");

        Run run = cli.run("-o", "json", "delete", "key-1", "--scope", "user:1", "--yes", "--force");

        assertThat(run.exitCode()).isZero();
        assertThat(json(run).at("/deleted").asInt()).isEqualTo(1);
        assertThat(json(run).at("/records/0/outcome").asText()).isEqualTo("deleted");
        assertThat(stores.redisRecords.find(lease.id())).isEmpty();
    }

    @Test
    void aDeadOwnersKeyNeedsNoForce() {
        stores.dead(stores.postgres, "user:1", "key-1");

        assertThat(cli.run("delete", "key-1", "--scope", "user:1", "--yes").exitCode())
                .isZero();
    }

    @Test
    void withoutPostgresItIsDeletedInRedisAndToBeGivenAgain() {
        stores.completed(stores.redis, "user:1", "key-1");

        Run run = stores.cliWithoutDatabase(directory).run("delete", "key-1", "--scope", "user:1", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Deleted in redis.");
        assertThat(run.err()).contains("postgresql (", "again");
    }

    @Test
    void aScopeIsNeeded() {
        Run run = cli.run("delete", "key-1", "--yes");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("--scope");
    }
}
