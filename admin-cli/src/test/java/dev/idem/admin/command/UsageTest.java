package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.Cli.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "inspect",
                "list",
                "clear-stale",
                "delete",
                "stats",
                "purge",
                "reconcile",
                "adopt",
                "doctor",
                "migrate",
                "migrate status",
                "migrate sql",
                "user",
                "user add"
            })
    void everyCommandExplainsItself(String command) {
        Run run = cli().run((command + " --help").trim().split(" "));

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("Usage: idem-admin", "--config", "--output", "Examples:", "Exit codes:")
                .contains("1   failed", "2   wrong usage", "3   nothing was found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspect", "list", "clear-stale", "migrate", "user"})
    void theHelpOfACommandIsNotThatOfTheProgram(String command) {
        assertThat(cli().run(command, "--help").out()).doesNotContain("REDIS_MODE");
    }

    @Test
    void theVersionIsShown() {
        assertThat(cli().run("--version").out()).startsWith("idem-admin ").contains("Java ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | Missing command",
                "frobnicate                        | frobnicate",
                "inspect                           | KEY",
                "inspect a b                       | b",
                "inspect --scope a\tb key          | scope",
                "list --state finished             | processing",
                "list --limit 0                    | --limit is at least 1",
                "list --limit many                 | many",
                "list --stale --state completed    | never stale",
                "-o xml list                       | table",
                "clear-stale --older-than 30       | '30' is not a duration such as 100ms, 30s",
                "clear-stale --older-than -1s      | duration",
                "delete k                          | --scope",
                "delete a\u001bb --scope s         | printable ASCII",
                "list --timeout 0ms                | --timeout is 1ms to 1h",
                "stats --timeout 2                 | duration",
                "migrate rollback                  | N",
                "migrate rollback 0                | at least 1",
                "user                              | add, list, disable",
                "user add ann@example.com          | --password-stdin",
                "user add ann@example.com --password-stdin | first line",
                "user add a@b.example --role king --password-stdin | king"
            })
    void wrongUsageIsToldInASentenceWithAWayToHelp(@org.jspecify.annotations.Nullable String line, String complaint) {
        Run run = cli().run(line == null ? new String[0] : line.split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .containsIgnoringCase(complaint)
                .contains("Try: idem-admin")
                .contains("--help");
        assertThat(run.err().lines().count()).isLessThan(6);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            list --limit x                       | Invalid value for option '--limit': 'x' is not a whole number
            list --limit 99999999999             | '99999999999' is not a whole number
            list --state foo                     | option '--state': 'foo' is not one of processing, completed, held
            list -o xml                          | 'xml' is not one of table, json
            rollout set --enabled maybe          | 'maybe' is not one of on, off
            user add a@b.example --role root --password-stdin | 'root' is not one of user, admin
            doctor --service ::                  | Invalid value for option '--service': '::' is not a valid URL
            migrate rollback x                   | Invalid value for N: 'x' is not a whole number
            purge extra                          | Not expected here: 'extra'
            -c /nowhere/config.yml list          | /nowhere/config.yml cannot be read: there is no such file or directory.
            """)
    void noMessageHasTheWordsOfAProgrammingLanguage(String line, String complaint) {
        assertThat(cli().run(line.split(" ")).err())
                .contains(complaint)
                .doesNotContain("java.", "Exception", "[", "null", " int");
    }

    @Test
    void theCompletionOfAShellIsGenerated() {
        Run run = cli().run("generate-completion");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("complete -F", "idem-admin", "clear-stale", "--older-than");
    }

    @Test
    void aMistypedCommandIsAnsweredWithASuggestion() {
        assertThat(cli().run("clear-stael").err()).contains("clear-stale");
    }

    @ParameterizedTest
    @ValueSource(strings = {"list", "inspect some-key", "clear-stale --yes"})
    void withoutEmbeddedDataNothingIsCreated(String line) {
        Run run = cli().run(line.split(" "));

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .contains("redis (embedded) is unavailable: there is no embedded data in " + directory.resolve("data"))
                .contains("postgresql (embedded) is unavailable: there is no embedded data")
                .contains("start the service")
                .doesNotContain("\tat ");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void storesThatDoNotAnswerAreNamedWithoutTheirPasswords() {
        Run run = cli().with("REDIS_URL", "redis://u:hunter2@127.0.0.1:1")
                .with("DATABASE_URL", "postgres://u:hunter2@127.0.0.1:1/idem")
                .run("list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err())
                .contains("redis (redis://127.0.0.1:1) is unavailable: ")
                .contains("redis.url (REDIS_URL)")
                .contains("postgresql (jdbc:postgresql://127.0.0.1:1/idem) is unavailable: ")
                .contains("database.url (DATABASE_URL)")
                .contains("refused")
                .doesNotContain("hunter2", "\tat ", "Exception");
    }

    @Test
    void aSettingThatCannotBeUsedIsNamedWithItsFile() throws Exception {
        Files.writeString(directory.resolve("config.yml"), "redis:\n  url: http://h\n");

        Run run = cli().run("list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("config.yml: redis.url (REDIS_URL)").doesNotContain("\tat ");
    }

    @Test
    void aStackTraceIsShownToThoseWhoAsk() {
        assertThat(cli().run("-c", "missing.yml", "list", "--debug").err()).contains("\tat ");
    }

    @Test
    void unavailableStoresArePartOfTheJson() {
        Run run = cli().run("-o", "json", "list");

        assertThat(run.out()).contains("\"records\" : [ ]", "\"more\" : false", "\"store\" : \"redis\"", "\"reason\"");
    }

    private Cli cli() {
        return Cli.in(directory);
    }
}
