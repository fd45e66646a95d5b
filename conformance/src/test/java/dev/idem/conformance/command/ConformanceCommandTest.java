package dev.idem.conformance.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConformanceCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aServerThatKnowsNoKeysFailsAndIsToldHow() throws Exception {
        try (NaiveServer server = NaiveServer.withoutKeys()) {
            assertThat(run("--base-url", server.url(), "--path", "/things", "--profile", "ietf", "--case", "replay"))
                    .isEqualTo(1);
        }
        assertThat(out.toString())
                .contains("FAILED replay: A repeat gets the first answer and executes nothing (DRAFT 2.6)")
                .contains("> POST /things", "< 201")
                .doesNotContain("FAILED replay-other-keys")
                .contains("skipped replay-204: needs --probe")
                .containsPattern("DRAFT +1 +\\d+ +\\d+");
    }

    @Test
    void aServerThatDoesWhatACaseAsksPasses() throws Exception {
        try (NaiveServer server = NaiveServer.withAnswersByKey()) {
            assertThat(run(
                            "--base-url",
                            server.url(),
                            "--path",
                            "/things",
                            "--profile",
                            "ietf",
                            "--case",
                            "replay-many-times,replay-other-keys"))
                    .isZero();
        }
    }

    @Test
    void aServerThatDoesNotCompareRequestsFails() throws Exception {
        try (NaiveServer server = NaiveServer.withAnswersByKey()) {
            assertThat(run(
                            "--base-url",
                            server.url(),
                            "--path",
                            "/things",
                            "--other-body",
                            "{\"other\":1}",
                            "--profile",
                            "ietf",
                            "--case",
                            "reuse-body"))
                    .isEqualTo(1);
        }
        assertThat(out.toString()).contains("FAILED reuse-body", "expected: status 422", "got:      201");
    }

    @Test
    void nobodyAtTheBaseUrlIsWrongUsage() {
        assertThat(run("--base-url", "http://127.0.0.1:1", "--path", "/things")).isEqualTo(2);
        assertThat(err.toString()).contains("nobody answers at http://127.0.0.1:1");
    }

    @Test
    void aProbeThatIsNoneIsWrongUsage() throws Exception {
        try (NaiveServer server = NaiveServer.withoutKeys()) {
            assertThat(run("--base-url", server.url(), "--probe", "/probe")).isEqualTo(2);
        }
        assertThat(err.toString())
                .contains("--probe: GET /probe-control/executions/preflight should answer with a number");
    }

    @Test
    void whatIsMissingOrWrongIsNamed() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("--base-url must be http(s)://HOST[:PORT]");
        assertThat(run("--base-url", "http://127.0.0.1:1")).isEqualTo(2);
        assertThat(err.toString()).contains("--path or --probe must say where requests go");
        assertThat(run("--profile", "paypal")).isEqualTo(2);
        assertThat(err.toString()).contains("'paypal' is not ours, ietf, stripe-v1 or azure");
        assertThat(run("--window", "soon")).isEqualTo(2);
        assertThat(err.toString()).contains("'soon' is no duration");
        assertThat(run("--case", "nonsense")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no such case");
    }

    @Test
    void thePageOfTheCasesCanBeWritten(@TempDir Path directory) {
        Path page = directory.resolve("conformance.md");

        assertThat(run("--write-docs", page.toString())).isZero();
        assertThat(page).content().contains("# How an API treats repeated requests", "**`replay`**");
    }

    private int run(String... arguments) {
        return ConformanceCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
