package dev.idem.admin.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.session.Session;
import dev.idem.admin.session.Shell;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailureTest {

    @Command(name = "failing")
    private record Failing(Error error) implements Callable<Integer> {
        @Override
        public Integer call() {
            throw error;
        }
    }

    @Test
    void aProgramWithoutMemorySaysSoAndHasFailed() {
        assertThat(run(new OutOfMemoryError("Java heap space")))
                .startsWith("1: idem-admin has run out of memory.")
                .doesNotContain("unavailable");
    }

    @Test
    void anyOtherErrorIsADefect() {
        assertThat(run(new NoClassDefFoundError("x"))).startsWith("1: Unexpected failure: ");
    }

    private static String run(Error error) {
        StringWriter err = new StringWriter();
        Shell shell = new Shell(Map.of(), Path.of(""), InputStream.nullInputStream(), Optional.empty());
        int code = new CommandLine(new Failing(error))
                .setExecutionStrategy(new Failure(new Session(shell)))
                .setErr(new PrintWriter(err, true))
                .execute();
        return code + ": " + err;
    }
}
