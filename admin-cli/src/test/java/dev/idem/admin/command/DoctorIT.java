package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.idem.admin.command.Cli.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class DoctorIT extends CommandIT {

    @Test
    void eachCheckOfBothStoresIsInTheJson() throws Exception {
        Run run = cli.run("-o", "json", "doctor");

        JsonNode findings = json(run).at("/findings");
        assertThat(run.err()).isEmpty();
        assertThat(StreamSupport.stream(findings.spliterator(), false)
                        .map(finding -> finding.at("/subject").asText()
                                + ' '
                                + finding.at("/check").asText()))
                .containsExactly(
                        "redis latency",
                        "redis version",
                        "redis role",
                        "redis eviction",
                        "redis persistence",
                        "redis scripts",
                        "redis arrears",
                        "clocks redis",
                        "redis installation",
                        "postgresql schema",
                        "postgresql latency",
                        "postgresql version",
                        "postgresql writable",
                        "postgresql synchronous_commit",
                        "postgresql fsync",
                        "postgresql permissions",
                        "postgresql trust",
                        "postgresql stale",
                        "postgresql expired",
                        "postgresql partitions",
                        "clocks postgresql");
        assertThat(findings.get(0).fieldNames())
                .toIterable()
                .containsExactly("level", "subject", "check", "seen", "advice");
        assertThat(level(findings, "schema")).isEqualTo("ok");
        assertThat(level(findings, "permissions")).isEqualTo("ok");
        assertThat(level(findings, "role")).isEqualTo("ok");
    }

    @Test
    void deadOwnersAreAWarningWithWhatToDo() {
        stores.dead(stores.postgres, "user:1", "key-1");

        assertThat(cli.run("doctor").out())
                .containsPattern("warning +postgresql +stale +1")
                .contains("postgresql stale: Owners have died.");
    }

    @Test
    void aSchemaThatIsBehindIsAnError() {
        cli.run("migrate", "rollback", "1", "--yes");

        Run run = cli.run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("run: idem-admin migrate", "There are errors.");
    }

    @Test
    void aStoreThatIsAwayIsAnErrorAndTheOtherIsLookedAt() {
        Run run = stores.cliWithoutDatabase(directory).run("doctor");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .containsPattern("ok +redis +version")
                .containsPattern("error +postgresql +connection +postgresql \\(.*is unavailable");
    }

    @Test
    void theBreakersOfARunningServiceAreRead() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/prometheus", exchange -> {
            byte[] metrics =
                    "idempotency_store_available{store=\"redis\"} 0.0\nidempotency_store_available{store=\"postgresql\"} 1.0\n"
                            .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, metrics.length);
            exchange.getResponseBody().write(metrics);
            exchange.close();
        });
        server.start();
        try {
            Run run = cli.run(
                    "doctor",
                    "--service",
                    "http://127.0.0.1:" + server.getAddress().getPort());

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.out())
                    .containsPattern("error +service +breaker +\\{store=\"redis\"} open")
                    .containsPattern("ok +service +breaker +\\{store=\"postgresql\"} closed");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void aServiceThatDoesNotAnswerIsAnError() {
        Run run = cli.run("doctor", "--service", "http://127.0.0.1:1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("does not answer", "admin port");
    }

    @Test
    void aServiceThatIsNoUrlIsWrongUsage() {
        assertThat(cli.run("doctor", "--service", "localhost").exitCode()).isEqualTo(2);
    }

    private static String level(JsonNode findings, String check) {
        return StreamSupport.stream(findings.spliterator(), false)
                .filter(finding -> finding.at("/check").asText().equals(check))
                .map(finding -> finding.at("/level").asText())
                .findFirst()
                .orElseThrow();
    }
}
