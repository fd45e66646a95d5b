package dev.idem.benchmarks.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.benchmarks.http.command.RunCommand;
import dev.idem.embedded.process.FreePort;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** The harness runs for a moment, on real servers. */
final class BenchmarkRunIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @EnabledIfSystemProperty(named = "test.form", matches = "full")
    @Test
    void measuresRacesAndReports(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.md");
        Path readme = Files.writeString(
                directory.resolve("README.md"),
                "before\n<!-- benchmarks: begin -->\nold\n<!-- benchmarks: end -->\nafter\n");

        int exit = run(
                "--variants=unprotected,new-keys",
                "--scenes=4x200",
                "--seconds=1",
                "--warm-up=0",
                "--rounds=1",
                "--races=5",
                "--rate=20",
                "--jdks=" + Runtime.version().feature(),
                "--peers=none",
                "--readme=" + readme,
                "--out=" + report);

        assertThat(exit).as(err::toString).isZero();
        List<String> lines = Files.readAllLines(report);
        String jdk = " (JDK " + Runtime.version().feature() + ")";
        assertThat(lines)
                .contains(
                        "## 4 connections, 200 bytes",
                        "Open loop: requests are sent at a rate, and each counts from when it was due.")
                .anyMatch(line -> line.startsWith("| unprotected" + jdk + " | 20 | "))
                .anyMatch(line -> line.startsWith("| two-scripts | "))
                .anyMatch(
                        line -> line.startsWith("| unprotected" + jdk + " | ") && line.contains("| 1.00 [1.00–1.00] |"))
                .anyMatch(line -> line.startsWith("| new-keys" + jdk + " | ") && line.endsWith("| none |"))
                .contains("| new-keys" + jdk + ", together | 5 | 0 | 0 | 1 | 5 | 245 | 0 | 0 |")
                .contains("| new-keys" + jdk + ", over 8 ms | 5 | 0 | 0 | 1 | 5 | 245 | 0 | 0 |");
        assertThat(Files.readString(readme))
                .startsWith("before\n<!-- benchmarks: begin -->\n4 connections, 200 bytes, closed loop;")
                .containsPattern("\\| new-keys \\(JDK \\d+\\) \\| .* \\| 0 of 10 \\|\n")
                .doesNotContain("old")
                .endsWith("<!-- benchmarks: end -->\nafter\n");
        assertThat(ProcessHandle.current().descendants()).as("what it started").isEmpty();
    }

    @Test
    void saysThatAPortIsInUseAndStopsWhatItHasStarted(@TempDir Path directory) throws IOException {
        int port = FreePort.any();
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            int exit = run(
                    "--quick",
                    "--variants=unprotected",
                    "--first-port=" + taken.getLocalPort(),
                    "--out=" + directory.resolve("report.md"));

            assertThat(exit).isEqualTo(1);
            assertThat(err.toString()).contains("port " + port + " is in use", "--first-port");
            assertThat(directory.resolve("report.md")).doesNotExist();
            assertThat(ProcessHandle.current().descendants()).isEmpty();
        }
    }

    private int run(String... arguments) {
        return RunCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
