package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RolloutIT extends CommandIT {

    @Test
    void atFirstEachNodeGoesByItsFile() throws Exception {
        assertThat(json(cli.run("-o", "json", "rollout", "get")).get("source").asText())
                .isEqualTo("config");
    }

    @Test
    void whatIsSetIsShownWithTheReason() throws Exception {
        Run set =
                cli.run("rollout", "set", "--percent", "0.5", "--platform", "iOS", "--shadow", "on", "--reason", "why");

        assertThat(set.exitCode()).as(set.err()).isZero();
        assertThat(set.out()).contains("within 2 s", "0.5", "ios", "why");
        assertThat(json(cli.run("-o", "json", "rollout", "get"))
                        .at("/settings/percent")
                        .asDouble())
                .isEqualTo(0.5);
    }

    @Test
    void onlyWhatIsNamedChangesAndOneRouteMayDiffer() throws Exception {
        cli.run("rollout", "set", "--percent", "10", "--shadow", "on");
        cli.run("rollout", "set", "--route", "POST /orders", "--percent", "1");

        var settings = json(cli.run("-o", "json", "rollout", "get")).get("settings");
        assertThat(settings.get("percent").asInt()).isEqualTo(10);
        assertThat(settings.get("shadow").asBoolean()).isTrue();
        assertThat(settings.at("/routes/POST ~1orders/percent").asInt()).isEqualTo(1);
    }

    @Test
    void aVersionThatIsPastChangesNothing() {
        cli.run("rollout", "set", "--percent", "10");
        Run late = cli.run("rollout", "set", "--percent", "20", "--if-version", "0");

        assertThat(late.exitCode()).isEqualTo(1);
        assertThat(late.err()).contains("Somebody else has changed it");
        assertThat(cli.run("rollout").out()).contains("10");
    }

    @Test
    void aResetGoesBackToTheFiles() {
        cli.run("rollout", "set", "--percent", "10");

        assertThat(cli.run("rollout", "reset").exitCode()).isZero();
        assertThat(cli.run("rollout", "get").out()).contains("Version 2", "nothing is stored");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"platforms\": [\"ios\", null]}", "{\"percent\": 200}"})
    void whatCannotBeReadFailsWithItsRemedyUntilItIsReplaced(String written) throws Exception {
        stores.storeRollout(written);
        Run get = cli.run("rollout", "get");

        assertThat(get.exitCode()).as(get.err()).isEqualTo(1);
        assertThat(get.out()).contains("cannot be read", "idem-admin rollout reset");
        assertThat(cli.run("doctor").out()).contains("in force on no node", "idem-admin rollout reset");

        assertThat(cli.run("rollout", "set", "--percent", "10").exitCode()).isZero();
        assertThat(cli.run("rollout", "get").exitCode()).isZero();
        stores.storeRollout(written);
        assertThat(cli.run("rollout", "reset").exitCode()).isZero();
        assertThat(cli.run("doctor").out()).doesNotContain("in force on no node");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--percent 101",
                "--percent x",
                "--percent 0.001",
                "--percent 1 --platform a/b",
                "--shadow maybe",
                "",
                "--shadow on",
                "--percent 1 --route orders"
            })
    void whatCannotBeMeantIsWrongUsage(String options) {
        String[] arguments = ("rollout set " + options).strip().split(" ");

        assertThat(cli.run(arguments).exitCode()).isEqualTo(2);
    }
}
