package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.admin.command.Cli.Run;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.Shell;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** With {@code -o json} a script finds one JSON document on the standard output, however the command ends. */
final class JsonFailuresTest {
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** Each command, with the arguments that it cannot do without. */
    private static final Map<String, String> ARGUMENTS = Map.ofEntries(
            Map.entry("inspect", "order-1"),
            Map.entry("list", ""),
            Map.entry("clear-stale", "--yes"),
            Map.entry("delete", "order-1 --scope user:1 --yes"),
            Map.entry("resolve", "order-1 --release --yes"),
            Map.entry("tail", "--for 1ms"),
            Map.entry("events export", ""),
            Map.entry("stats", ""),
            Map.entry("adopt", "--yes"),
            Map.entry("purge", ""),
            Map.entry("reconcile", ""),
            Map.entry("doctor", ""),
            Map.entry("migrate", ""),
            Map.entry("migrate up", ""),
            Map.entry("migrate status", ""),
            Map.entry("migrate sql", ""),
            Map.entry("migrate rollback", "1 --yes"),
            Map.entry("rollout get", ""),
            Map.entry("rollout set", "--percent 1"),
            Map.entry("rollout reset", ""),
            Map.entry("user add", "ann@example.com --password-stdin"),
            Map.entry("user list", ""),
            Map.entry("user disable", "ann@example.com"),
            Map.entry("user enable", "ann@example.com"),
            Map.entry("user password", "ann@example.com --password-stdin"));

    /** These show results of other programs. */
    private static final Set<String> WITHOUT_STORES = Set.of("generate-completion", "help");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @ParameterizedTest
    @MethodSource("commands")
    void aStoreThatIsAwayIsNamedInTheJson(String command) throws Exception {
        Run run = run("-o json --timeout 500ms " + command + ' ' + ARGUMENTS.getOrDefault(command, ""));
        JsonNode shown = JSON.readTree(run.out());

        assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.FAILED);
        if (shown.has("error")) {
            assertThat(shown.at("/error/store").asText()).isIn("redis", "postgresql");
            assertThat(shown.at("/error/kind").asText()).isEqualTo("refused");
            assertThat(run.err().strip()).isEqualTo(shown.at("/error/message").asText());
        } else {
            assertThat(shown.toString()).contains("postgresql", "refused");
        }
    }

    static Stream<String> commands() {
        Shell shell = new Shell(Map.of(), Path.of(""), InputStream.nullInputStream(), Optional.empty());
        Set<String> leaves = new TreeSet<>();
        collect(IdemAdmin.commandLine(shell), "", leaves);
        leaves.removeIf(WITHOUT_STORES::contains);
        return leaves.stream();
    }

    private static void collect(CommandLine command, String name, Set<String> leaves) {
        if (command.getSubcommands().isEmpty()) {
            leaves.add(name);
        }
        command.getSubcommands()
                .forEach((word, child) -> collect(child, name.isEmpty() ? word : name + ' ' + word, leaves));
    }

    @Test
    void everyCommandIsTried() {
        assertThat(ARGUMENTS.keySet()).containsAll(commands().toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o json list --limit 0",
                "list --limit many -o json",
                "list --nonsense --output=JSON",
                "-ojson nonsense",
                "-o json delete order-1 --scope user:1 --force=maybe",
                "-o json user add ann@example.com --password-stdin --role nobody",
            })
    void wrongUsageIsInTheJsonToo(String line) throws Exception {
        Run run = run(line);

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err())
                .startsWith(JSON.readTree(run.out()).at("/error/message").asText());
    }

    @Test
    void soIsASettingThatCannotBeUsed() throws Exception {
        Run run = Cli.in(directory).with("REDIS_MODE", "ring").run("-o", "json", "list");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(JSON.readTree(run.out()).at("/error/message").asText()).contains("redis.mode (REDIS_MODE)");
        assertThat(JSON.readTree(run.out()).at("/error/store").isNull()).isTrue();
    }

    @Test
    void peopleGetNothingOnTheStandardOutput() {
        assertThat(run("--timeout 500ms purge").out()).isEmpty();
        assertThat(run("list --limit 0").out()).isEmpty();
    }

    @Test
    void aConfigurationIsAFile() {
        Run run = run("-c - list");

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).startsWith("-c takes the name of a file.");
    }

    private Run run(String line) {
        return Cli.in(directory)
                .with("REDIS_URL", "redis://127.0.0.1:1")
                .with("DATABASE_URL", "postgres://127.0.0.1:1/idem")
                .input("correct horse battery\n")
                .run(line.strip().split(" +"));
    }
}
