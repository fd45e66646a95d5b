package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.idem.admin.command.Cli.Run;
import dev.idem.admin.session.ExitCode;
import dev.idem.core.record.Lease;
import dev.idem.core.record.Scope;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectIT extends CommandIT {

    @Test
    void aKeyIsShownInBothStoresSideBySide() {
        Lease lease = stores.running(stores.redis, "user:1", "key-1");
        stores.running(stores.postgres, "user:1", "key-1");

        Run run = cli.run("inspect", "key-1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .containsPattern("STORE +redis +postgresql")
                .containsPattern("scope +user:1 +user:1")
                .containsPattern("state +processing +processing")
                .containsPattern("stale +no +no")
                .containsPattern("owner +" + lease.owner())
                .containsPattern("lock timeout +5m 0s")
                .containsPattern("window +- +-")
                .containsPattern("route +POST /api/v1/shares")
                .containsPattern("completed +- +-");
    }

    @Test
    void theWindowThatARequestWithoutAKeyWasGivenIsShown() {
        Lease lease = stores.withoutKey(stores.redis, "user:1", Duration.ofMillis(350));

        assertThat(cli.run("inspect", lease.id().key()).out()).containsPattern("window +350ms from its claim");
    }

    @Test
    void ofAnAnswerOnlyStatusAndSizesAreShown() {
        stores.completed(stores.redis, "user:1", "key-1");

        Run run = cli.run("inspect", "key-1", "--scope", "user:1");

        assertThat(run.out())
                .containsPattern("state +completed")
                .contains("201, 1 headers, 5 bytes")
                .doesNotContain("hello", "X-Secret", "not for operators");
    }

    @Test
    void theSameKeyOfTwoUsersIsShownTwice() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.redis, "user:2", "key-1");

        assertThat(cli.run("inspect", "key-1").out()).contains("user:1", "user:2");
        assertThat(cli.run("inspect", "key-1", "--scope", "user:2").out())
                .contains("user:2")
                .doesNotContain("user:1");
    }

    @Test
    void whatACallerHasSentToAPathIsShownTheNewestFirst() {
        stores.completed(stores.redis, "user:1", "key-1");
        stores.completed(stores.redis, "user:1", "key-2");
        stores.completed(stores.redis, new Scope("user:1").at("/api/v1/shares").value(), "key-3");
        stores.completed(stores.redis, "user:2", "key-4");

        Run run = cli.run("inspect", "--scope", "user:1", "--path", "/api/v1/shares?from=app");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsSubsequence("key-3", "key-2", "key-1").doesNotContain("key-4");
        assertThat(cli.run("inspect", "--scope", "user:1", "--limit", "1").out())
                .contains("key-2")
                .doesNotContain("key-1");
        assertThat(cli.run("inspect", "--scope", "user:1", "--path", "/orders").exitCode())
                .isEqualTo(ExitCode.NOTHING_FOUND);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "inspect",
                "inspect --path /orders",
                "inspect key-1 --path /orders",
                "inspect key-1 --scope user:1 --scan",
                "inspect --scope user:1 --limit 0",
                "inspect --scope user:1 --limit 1001",
                "inspect key-1 key-2"
            })
    void whatIsMissingOrTooMuchIsSaid(String line) {
        Run run = cli.run(line.split(" ", -1));

        assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(run.err()).isNotBlank();
    }

    @Test
    void theJsonHasAStableShape() throws Exception {
        stores.completed(stores.postgres, "user:1", "key-1");
        stores.dead(stores.redis, "user:1", "key-1");

        JsonNode result = json(cli.run("-o", "json", "inspect", "key-1"));

        assertThat(result.fieldNames())
                .toIterable()
                .containsExactly("key", "records", "verdicts", "partial", "unavailable", "unreadable");
        assertThat(result.at("/partial").asBoolean()).isFalse();
        JsonNode dead = result.at("/records/0");
        assertThat(dead.fieldNames())
                .toIterable()
                .containsExactly(
                        "store",
                        "scope",
                        "key",
                        "state",
                        "stale",
                        "owner",
                        "fencing",
                        "attempt",
                        "node",
                        "route",
                        "fingerprint",
                        "claimed_at",
                        "heartbeat_at",
                        "lease_age_ms",
                        "heartbeat_age_ms",
                        "lock_timeout_ms",
                        "window_ms",
                        "completed_at",
                        "expires_at",
                        "read_at",
                        "answer");
        assertThat(dead.at("/store").asText()).isEqualTo("redis");
        assertThat(dead.at("/stale").asBoolean()).isTrue();
        assertThat(dead.at("/answer").isNull()).isTrue();
        assertThat(Instant.parse(dead.at("/claimed_at").asText()))
                .isBefore(Instant.now().plusSeconds(60));
        JsonNode done = result.at("/records/1");
        assertThat(done.at("/state").asText()).isEqualTo("completed");
        assertThat(done.at("/answer/stored").asBoolean()).isTrue();
        assertThat(done.at("/answer/status").asInt()).isEqualTo(201);
        assertThat(done.at("/answer/body_bytes").asInt()).isEqualTo(5);
    }

    @Test
    void itSaysWhatTheNextRepeatGets() {
        stores.completed(stores.redis, "user:1", "done");
        stores.completed(stores.postgres, "user:1", "done");
        stores.dead(stores.postgres, "user:1", "dead");
        stores.running(stores.postgres, "user:1", "running");
        stores.unknown(stores.postgres, "user:1", "unknown");

        assertThat(cli.run("inspect", "done").out())
                .contains("The stores agree.", "The next repeat is given the stored 201.");
        assertThat(cli.run("inspect", "dead").out()).contains("The next repeat executes: it takes over");
        assertThat(cli.run("inspect", "running").out()).contains("waits for the answer", "gets 409", "another 29");
        assertThat(cli.run("inspect", "unknown").out()).contains("is refused with 409: nobody knows", "resolve");
    }

    @Test
    void whereTheStoresDifferItSaysInWhat() throws Exception {
        stores.completed(stores.postgres, "user:1", "key-1");
        stores.redisDecides();

        Run run = cli.run("inspect", "key-1");

        assertThat(run.out())
                .contains(
                        "The stores differ: missing_in_redis",
                        "The next repeat on a fast route executes",
                        "On a strict route it is given the stored 201.");
        JsonNode verdict = json(cli.run("-o", "json", "inspect", "key-1")).at("/verdicts/0");
        assertThat(verdict.fieldNames())
                .toIterable()
                .containsExactly(
                        "scope",
                        "key",
                        "decides",
                        "agree",
                        "difference",
                        "unreadable",
                        "fast",
                        "strict",
                        "consistency",
                        "next");
        assertThat(verdict.at("/agree").asBoolean(true)).isFalse();
    }

    @Test
    void theNextRepeatIsToldUnderTheRecordsOwnConsistency() throws Exception {
        stores.strict("user:1", "of-strict");
        stores.running(stores.redis, "user:1", "of-fast");
        stores.redisDecides();

        assertThat(cli.run("inspect", "of-strict").out())
                .contains("The next repeat waits for the answer", "Its route is strict.")
                .doesNotContain("executes");
        assertThat(cli.run("inspect", "of-fast").out())
                .contains("The next repeat waits for the answer", "Its route is fast.")
                .doesNotContain("executes");
        JsonNode verdict = json(cli.run("-o", "json", "inspect", "of-strict")).at("/verdicts/0");
        assertThat(verdict.at("/consistency").asText()).isEqualTo("strict");
        assertThat(verdict.at("/next/outcome").asText()).isEqualTo("waits");
    }

    @Test
    void aHeldKeyIsShownAsHeld() throws Exception {
        stores.unknown(stores.postgres, "user:1", "lost");

        assertThat(cli.run("inspect", "lost").out()).containsPattern("state +held");
        assertThat(json(cli.run("-o", "json", "inspect", "lost"))
                        .at("/records/0/state")
                        .asText())
                .isEqualTo("held");
    }

    @Test
    void theQuotedFormOfTheHeaderNamesTheSameKey() {
        stores.completed(stores.redis, "user:1", "key-1");

        assertThat(cli.run("inspect", "\"key-1\"").exitCode()).isZero();
    }

    @Test
    void anUnknownKeyIsNotFound() throws Exception {
        Run table = cli.run("inspect", "nobody's");
        Run json = cli.run("inspect", "nobody's", "--scope", "user:1", "--output=json");

        assertThat(table.exitCode()).isEqualTo(3);
        assertThat(table.out()).contains("No record");
        assertThat(json.exitCode()).isEqualTo(3);
        assertThat(json(json).at("/records")).isEmpty();
    }

    @Test
    void aPartialSearchDoesNotClaimThatThereIsNothing() {
        stores.moreThanAQuickSearchExamines();

        Run run = cli.run("inspect", "nobody's");

        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).contains("Not found in what was searched.").doesNotContain("No record");
        assertThat(run.err()).contains("Add --scan, or --scope");
    }

    @Test
    void aKeyInVeryManyScopesIsNotShownInAllOfThem() throws Exception {
        IntStream.range(0, 101).forEach(number -> stores.completed(stores.postgres, "user:" + number, "key-1"));

        Run run = cli.run("inspect", "key-1");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).contains("More than 100 scopes have this key: name one with --scope.");
        assertThat(json(cli.run("inspect", "key-1", "-o", "json"))
                        .at("/partial")
                        .asBoolean())
                .isTrue();
        assertThat(json(cli.run("inspect", "key-1", "--scope", "user:100", "-o", "json"))
                        .at("/partial")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void withoutRedisWhatIsShownMayNotBeAll() throws Exception {
        stores.completed(stores.postgres, "user:1", "key-1");
        Cli halfCli = stores.cliWithoutRedis(directory);

        for (String[] line : new String[][] {
            {"inspect", "key-1"}, {"inspect", "key-1", "--scope", "user:1"}, {"inspect", "--scope", "user:1"}
        }) {
            Run run = halfCli.run(line);

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out()).contains("postgresql", "One store is unavailable.");
        }
        assertThat(json(halfCli.run("inspect", "key-1", "-o", "json"))
                        .at("/partial")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void withoutPostgresRedisIsShownAndTheReasonToldApart() throws Exception {
        stores.completed(stores.redis, "user:1", "key-1");
        Cli halfCli = stores.cliWithoutDatabase(directory);

        Run run = halfCli.run("inspect", "key-1");
        Run notFound = halfCli.run("inspect", "key-2");

        assertThat(run.exitCode()).as("the other store may have more").isEqualTo(1);
        assertThat(run.out()).contains("redis").doesNotContain("postgres");
        assertThat(run.err()).startsWith("postgresql (").contains("is unavailable");
        JsonNode json = json(halfCli.run("inspect", "key-1", "-o", "json"));
        assertThat(json.at("/unavailable/0/store").asText()).isEqualTo("postgresql");
        assertThat(json.at("/partial").asBoolean()).isTrue();
        assertThat(notFound.exitCode()).as("it may be in the other store").isEqualTo(1);
    }
}
