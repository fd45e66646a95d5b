package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import dev.idem.core.record.Lease;
import dev.idem.core.record.StoredRecord;
import dev.idem.core.record.answer.RecordedResponse;
import dev.idem.core.record.answer.RecordedResponse.Header;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolveIT extends CommandIT {
    @SuppressWarnings("NullAway.Init") // JUnit calls the method that sets it
    private Lease unknown;

    @BeforeEach
    void fill() {
        unknown = stores.unknown(stores.redis, "user:1", "lost");
        stores.unknown(stores.postgres, "user:1", "lost");
        stores.completed(stores.postgres, "user:1", "done");
    }

    @Test
    void inspectAndListShowThatTheOutcomeIsUnknown() {
        assertThat(cli.run("inspect", "lost").out()).contains("not stored (outcome_unknown)");
        assertThat(cli.run("list").out()).containsPattern("lost +held");
    }

    @Test
    void aReleasedKeyIsFreeInBothStores() {
        Run run = cli.run("resolve", "lost", "--release", "--yes");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("outcome_unknown", "Resolved: 1.");
        assertThat(stores.redisRecords.find(unknown.id())).isEmpty();
        assertThat(stores.postgresRecords.find(unknown.id())).isEmpty();
    }

    @Test
    void anAnswerIsGivenToRepeatsFromThenOnInBothStores() throws Exception {
        Files.writeString(directory.resolve("order.json"), "{\"id\":7}");

        Run run = cli.run(
                "resolve",
                "\"lost\"",
                "--completed-with",
                "201",
                "--header",
                "Location: /orders/7",
                "--header",
                "Content-Type: application/json",
                "--body-file",
                directory.resolve("order.json").toString(),
                "-y");

        RecordedResponse answer = new RecordedResponse(
                201,
                List.of(new Header("Location", "/orders/7"), new Header("Content-Type", "application/json")),
                "{\"id\":7}".getBytes(StandardCharsets.UTF_8));
        assertThat(run.exitCode()).isZero();
        assertThat(stores.redisRecords.find(unknown.id()).flatMap(StoredRecord::answer))
                .contains(answer);
        assertThat(stores.postgresRecords.find(unknown.id()).flatMap(StoredRecord::answer))
                .contains(answer);
    }

    @Test
    void aHeldKeyIsFoundAmongVeryManyScopesThatHaveTheKey() {
        IntStream.range(0, 150).forEach(number -> stores.completed(stores.postgres, "user:0" + number, "shared"));
        stores.unknown(stores.postgres, "user:1", "shared");

        assertThat(cli.run("resolve", "shared", "--release", "--yes").out()).contains("Resolved: 1.");
    }

    @Test
    void aDryRunAndARefusedConsentChangeNothing() {
        assertThat(cli.run("resolve", "lost", "--release", "--dry-run").out()).contains("Would resolve: 1.");
        Run refused = cli.typing(() -> "n").run("resolve", "lost", "--release");

        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.out()).contains("Nothing was changed.");
        assertThat(stores.redisRecords.find(unknown.id())).isPresent();
    }

    @Test
    void anAnsweredKeyAndAnUnknownOneAreNotFound() {
        assertThat(cli.run("resolve", "done", "--release", "--yes").exitCode()).isEqualTo(3);
        assertThat(cli.run("resolve", "nothing", "--release", "--yes").exitCode())
                .isEqualTo(3);
        assertThat(cli.run("inspect", "done").out()).contains("201");
    }

    @Test
    void ofSeveralScopesOneHasToBeNamed() {
        stores.unknown(stores.redis, "user:2", "lost");

        Run guess = cli.run("resolve", "lost", "--release", "--yes");
        assertThat(guess.exitCode()).isEqualTo(2);
        assertThat(guess.err()).contains("2 scopes have this key", "--scope");
        assertThat(cli.run("resolve", "lost", "--scope", "user:2", "--release", "--yes")
                        .out())
                .contains("Resolved: 1.");
        assertThat(stores.redisRecords.find(unknown.id())).isPresent();
    }

    @Test
    void theJsonSaysWhatBecameOfEach() throws Exception {
        JsonNode result = json(cli.run("-o", "json", "resolve", "lost", "--completed-with", "204", "--yes"));

        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly("key", "dry_run", "resolved", "records", "unavailable", "partial");
        assertThat(result.at("/resolved").asInt()).isEqualTo(1);
        assertThat(result.findValuesAsText("outcome")).containsExactly("resolved", "resolved");
    }

    @Test
    void aStoreThatIsAwayIsToBeToldLater() {
        Run run =
                stores.cliWithoutDatabase(directory).run("resolve", "lost", "--scope", "user:1", "--release", "--yes");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("Resolved: 1.");
        assertThat(run.err()).contains("postgresql (", "Run this command again");
        assertThat(stores.cli(directory)
                        .run("resolve", "lost", "--release", "--yes")
                        .out())
                .contains("Resolved: 1.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --yes                                                            | --release
        --release --completed-with 201 --yes                             | mutually exclusive
        --completed-with 99 --yes                                        | 200 to 599
        --completed-with abc --yes                                       | abc
        --completed-with 201 --header Location --yes                     | a name, a colon and a value
        --completed-with 201 --header Set-Cookie:a=b --yes               | never replayed
        --completed-with 201 --header content-length:5 --yes             | never replayed
        --completed-with 201 --body a --body-file b --yes                | exclude each other
        --completed-with 201 --body-file /does/not/exist --yes           | cannot be read
        --body hello --yes                                               | --completed-with
        """)
    void wrongUsageIsSaidAndChangesNothing(String arguments, String complaint) {
        Run run = cli.run(("resolve lost " + arguments).split(" +"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains(complaint);
        assertThat(stores.redisRecords.find(unknown.id()).orElseThrow().outcomeUnknown())
                .isTrue();
    }
}
