package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import dev.idem.core.store.authority.Installation;
import org.junit.jupiter.api.Test;

class AdoptIT extends CommandIT {
    private static final Installation OTHER = new Installation("other", "orders on 10.0.0.5:5432");

    @Test
    void aRedisOfAnotherInstallationIsAdoptedAfterAQuestion() throws Exception {
        stores.giveRedisTo(OTHER);

        Run declined = cli.typing(() -> "n").run("adopt");
        assertThat(declined.exitCode()).isEqualTo(1);
        assertThat(declined.out())
                .contains("with the database orders on 10.0.0.5:5432", "execute again", "Nothing was changed.");
        assertThat(cli.run("adopt").exitCode()).isEqualTo(2);

        JsonNode done = json(cli.run("-o", "json", "adopt", "--yes", "--reason", "restored"));
        assertThat(done.get("adopted").asBoolean()).isTrue();
        assertThat(done.get("owner").asText()).isEqualTo("orders on 10.0.0.5:5432");
        assertThat(cli.run("events", "export").out()).contains("adopt", "from=orders on 10.0.0.5:5432", "restored");

        Run again = cli.run("adopt", "--yes");
        assertThat(again.exitCode()).isZero();
        assertThat(again.out()).contains("already");
    }

    @Test
    void noCommandTakesAnotherInstallationsRecordsForItsOwn() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.giveRedisTo(OTHER);

        for (String[] command : new String[][] {
            {"reconcile", "--repair", "--yes", "--settle", "1ms"},
            {"delete", "key-1", "--scope", "user:1", "--yes"},
            {"list", "--scan"}
        }) {
            Run run = cli.run(command);
            assertThat(run.exitCode()).as(run.out() + run.err()).isNotZero();
            assertThat(run.err()).contains("belongs to another installation", "idem-admin adopt");
        }
        assertThat(stores.inRedis("user:1", "key-1")).isPresent();
    }

    @Test
    void theDoctorSaysWhoseRedisItIs() {
        assertThat(cli.run("doctor").out())
                .containsPattern("ok +redis +installation")
                .containsPattern("ok +redis +writes");

        stores.giveRedisTo(OTHER);

        Run run = cli.run("doctor");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("error +redis +installation +orders on 10.0.0.5:5432")
                .contains("adopt")
                .doesNotContainPattern("redis +writes"); // the probe writes
    }
}
