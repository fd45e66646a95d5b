package dev.idem.benchmarks.http.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong is said before anything is started. */
final class RunCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--variants fast            | --variants: there is no 'fast', only unprotected, off",
                "--peers spring             | --peers: there is no 'spring', only fastify, nestjs, jdempotent",
                "--scenes 16x200,0x200      | --scenes: a scene is 1 to 4096 connections and 200 to 1000000 bytes",
                "--scenes 16x10             | as in 16x2048, not '16x10'",
                "--scenes 16                | as in 16x2048, not '16'",
                "--seconds 0                | --seconds must be 1 to 3600, not 0",
                "--rounds 0                 | --rounds must be 1 to 1000, not 0",
                "--rate -1                  | --rate must be 1 to 1000000, not -1",
                "--races -1                 | --races must be 0 to 100000, not -1",
                "--first-port 80            | --first-port must be 1024 to 65535, not 80",
                "--jdks 3                   | --jdks: there is no JDK 3",
                "--rounds many              | 'many' is not an int",
            })
    void saysWhichOptionIsWrongAndWhatItShouldBe(String arguments, String message) {
        assertThat(run(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(message);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void saysThatTheReportCannotBeWritten(@TempDir Path directory) {
        assertThat(run("--quick", "--out", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--out must name a file");
    }

    @Test
    void saysThatThePageHasNoPlaceForTheTable(@TempDir Path directory) throws IOException {
        Path page = Files.writeString(directory.resolve("page.md"), "nothing\n");

        assertThat(run("--quick", "--out", directory.resolve("report.md").toString(), "--readme", page.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--readme must name a page that has the lines");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("--variants", "--first-port", "Exit codes");
    }

    private int run(String... arguments) {
        return RunCommand.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                .execute(arguments);
    }
}
