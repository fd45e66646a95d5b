package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.idem.admin.command.Cli.Run;
import dev.idem.admin.session.ExitCode;
import dev.idem.core.event.AuditEvent;
import dev.idem.core.event.AuditType;
import dev.idem.core.record.RecordId;
import dev.idem.core.record.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsIT extends CommandIT {

    private void happened(AuditType type, String key, String detail) {
        stores.events.write(
                AuditEvent.of(type, "node-1", new RecordId(new Scope("user:1"), key), "POST /x", "key", detail));
    }

    @Test
    void eventsAreExportedAsLinesOfJson() throws Exception {
        happened(AuditType.DUPLICATE_PREVENTED, "k1", "outcome=replayed");
        happened(AuditType.FENCED, "k2", "");

        Run run = cli.run("events", "export", "--type", "duplicate_prevented");

        assertThat(run.exitCode()).isZero();
        JsonNode line = new ObjectMapper().readTree(run.out());
        assertThat(line.fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "at", "type", "scope", "key", "route", "layer", "node", "fencing", "actor", "reason",
                        "detail");
        assertThat(line.get("key").asText()).isEqualTo("k1");
        assertThat(run.out().strip().lines()).hasSize(1);
    }

    @Test
    void whatASpreadsheetWouldExecuteIsMadeHarmless(@TempDir Path directory) throws Exception {
        happened(AuditType.FENCED, "=HYPERLINK(\"http://evil\")", "a, \"b\"");
        Path file = directory.resolve("events.csv");

        Run run = cli.run("events", "export", "--format", "csv", "--out", file.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEmpty();
        assertThat(Files.readAllLines(file))
                .first()
                .isEqualTo("id,at,type,scope,key,route,layer,node,fencing,actor,reason,detail");
        assertThat(Files.readString(file)).contains("\"'=HYPERLINK(\"\"http://evil\"\")\"", "\"a, \"\"b\"\"\"");
    }

    @Test
    void aDashIsTheStandardOutput() {
        happened(AuditType.FENCED, "k1", "");

        Run run = cli.run("events", "export", "--out=-");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains("\"key\":\"k1\"")
                .endsWith("}\n")
                .isEqualTo(cli.run("events", "export").out());
        assertThat(directory.resolve("-")).doesNotExist();
        assertThat(Path.of("-")).doesNotExist();
    }

    @Test
    void noFormatSteersATerminal() {
        happened(AuditType.FENCED, "k1", "a\u009b2J\u202eb");

        assertThat(cli.run("events", "export", "--format", "csv").out()).contains("a?2J?b");
        assertThat(cli.run("events", "export").out()).contains("a\\u009b2J\\u202eb");
        assertThat(cli.run("-o", "json", "tail", "--since", "1h", "--for", "1ms")
                        .out())
                .contains("a\\u009b2J\\u202eb");
    }

    @Test
    void daysLimitWhatIsExported() {
        happened(AuditType.FENCED, "k1", "");

        assertThat(cli.run("events", "export", "--to", "2020-01-01").exitCode()).isEqualTo(ExitCode.NOTHING_FOUND);
        assertThat(cli.run("events", "export", "--from", "2020-01-01").out()).contains("k1");
        assertThat(cli.run("events", "export", "--from", "yesterday").exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(cli.run("events", "export", "--from", "2026-01-02", "--to", "2026-01-01")
                        .exitCode())
                .isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(cli.run("events", "export", "--type", "nonsense").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(cli.run("events").exitCode()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void tailShowsWhatHappensOnceAndSafely() {
        happened(AuditType.FENCED, "before", "");
        CompletableFuture<Run> tail =
                CompletableFuture.supplyAsync(() -> cli.run("tail", "--since", "1h", "--for", "3s"));
        happened(AuditType.KEY_REUSED, "after", "escape \u001b[2J");
        Run run = tail.join();

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).containsOnlyOnce("key=before").containsOnlyOnce("key=after");
        assertThat(run.out()).contains("key_reused", "escape ?[2J").doesNotContain("\u001b");
    }

    @Test
    void tailMayFollowOneKey() {
        happened(AuditType.FENCED, "k1", "");
        happened(AuditType.FENCED, "k2", "");

        Run run = cli.run("-o", "json", "tail", "--since", "1h", "--for", "1s", "--key", "k2");

        assertThat(run.out()).contains("\"key\":\"k2\"").doesNotContain("k1");
    }

    @Test
    void whatAnOperatorClearsIsInTheTrailWithWhoAndWhy() {
        stores.journalled(stores.dead(stores.redis, "user:1", "key-1"));

        Run run = cli.run("clear-stale", "--yes", "--actor", "ann", "--reason", "the node is gone");

        assertThat(run.exitCode()).isZero();
        await().untilAsserted(() -> assertThat(cli.run("events", "export").out())
                .contains("\"key\":\"key-1\"", "\"actor\":\"ann\"", "\"reason\":\"the node is gone\"", "clear-stale"));
    }
}
