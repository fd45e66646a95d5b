package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import org.junit.jupiter.api.Test;

class PurgeIT extends CommandIT {

    @Test
    void whatHasExpiredIsDeletedAndNothingElse() throws Exception {
        stores.completed(stores.postgres, "user:1", "old");
        stores.expireAll();
        stores.completed(stores.postgres, "user:1", "new");

        Run dry = cli.run("purge", "--dry-run");
        Run run = cli.run("-o", "json", "purge");

        assertThat(dry.out()).contains("Would delete up to: 1.");
        assertThat(run.exitCode()).isZero();
        assertThat(json(run).at("/deleted").asInt()).isEqualTo(1);
        assertThat(json(run).at("/left").asInt()).isZero();
        assertThat(cli.run("inspect", "new").exitCode()).isZero();
    }

    @Test
    void withNothingToDoItSaysSo() {
        assertThat(cli.run("purge").out()).contains("Deleted: 0.");
    }

    @Test
    void withoutPostgresItFails() {
        Run run = stores.cliWithoutDatabase(directory).run("purge");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("is unavailable");
    }
}
