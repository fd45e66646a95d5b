package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Results that cannot be written are a failure of every command, in every format. */
class OutputLostIT extends CommandIT {
    private static final List<String> COMMANDS = List.of(
            "--help",
            "--version",
            "list --help",
            "generate-completion",
            "list",
            "-o json list --state completed",
            "list --scope user:nobody",
            "inspect order-1",
            "-o json inspect nothing",
            "clear-stale --yes",
            "-o json clear-stale --yes",
            "delete nothing --scope user:1 --yes",
            "resolve nothing --release --yes",
            "tail --since 1h --for 1ms",
            "-o json tail --since 1h --for 1ms",
            "events export",
            "events export --out=-",
            "events export --format csv",
            "-o json stats",
            "purge",
            "reconcile",
            "doctor",
            "migrate up",
            "-o json migrate status",
            "migrate sql",
            "-o json rollout get",
            "user list",
            "user disable nobody@example.com");

    @Test
    void aFullDiskIsAFailureInOneSentence() {
        prepareSomeResults();

        runsOfAllCommands().forEach(run -> {
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err())
                    .contains("The standard output cannot be written: No space left on device.")
                    .doesNotContain("Unexpected failure", "events.", "Exception", "\tat ");
        });
    }

    @Test
    void aReaderThatHasGoneIsNotTold() {
        prepareSomeResults();

        for (String command : List.of("--help", "list", "-o json list", "inspect order-1", "events export", "stats")) {
            Run run = cli.runInto(failing("Broken pipe"), command.split(" "));

            assertThat(run.err()).as(command).isEmpty();
            assertThat(run.exitCode()).isEqualTo(1);
        }
    }

    @Test
    void nothingIsChangedThatCouldNotBeShownFirst() {
        stores.completed(stores.redis, "user:1", "order-1");

        Run run = cli.runInto(failing("No space left on device"), "delete", "order-1", "--scope", "user:1", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(stores.redisRecords.find(new RecordId(new Scope("user:1"), "order-1")))
                .isPresent();
    }

    @Test
    void aFileThatCannotBeWrittenIsNamed() {
        prepareSomeResults();

        Run full = cli.run("events", "export", "--out=/dev/full");
        Run missing = cli.run("events", "export", "--out=/nowhere/events.csv");

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.err()).startsWith("/dev/full cannot be written: ").doesNotContain("events.");
        assertThat(missing.exitCode()).isEqualTo(2);
    }

    private void prepareSomeResults() {
        stores.completed(stores.redis, "user:1", "order-1");
        cli.run("rollout", "set", "--percent", "50");
        cli.run("migrate", "up");
    }

    private Stream<Run> runsOfAllCommands() {
        return COMMANDS.stream().map(command -> cli.runInto(failing("No space left on device"), command.split(" ")));
    }

    private static OutputStream failing(String message) {
        return new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException(message);
            }
        };
    }
}
