package dev.idem.ops.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.session.Shell;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** {@code idem-admin}, in a process as operators run it, with a small heap, or in this one. */
record Tool(Path directory, Map<String, String> environment) {
    private static final Path PROGRAM = Path.of(System.getProperty("project.root"), "admin-cli/target/idem-admin");
    private static final Duration PATIENCE = Duration.ofHours(1);

    /**
     * Runs the program to its end. Nobody reads what it prints.
     *
     * @throws AssertionError if it fails, or says that a store is unavailable
     */
    void runFile(Row row, String key) throws IOException, InterruptedException {
        List<String> arguments = row.argumentsFor(key);
        Path errors = directory.resolve("errors.txt");
        ProcessBuilder command = new ProcessBuilder(Stream.concat(Stream.of(PROGRAM.toString()), arguments.stream())
                        .toList())
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(new File("/dev/null"))
                .redirectError(errors.toFile());
        command.environment().putAll(environment);
        command.environment().put("IDEM_ADMIN_JAVA_OPTS", "-Xmx96m");
        Process process = command.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " does not end");
        }
        check(row, arguments, process.exitValue(), Files.readString(errors));
    }

    /** The same without a process and its heap, where only the stores' work counts: a second of a processor less. */
    void runHere(Row row, String key) {
        List<String> arguments = row.argumentsFor(key);
        StringWriter errors = new StringWriter();
        Shell shell = new Shell(environment, directory, InputStream.nullInputStream(), Optional.empty());
        int exitCode = IdemAdmin.commandLine(shell, arguments)
                .setOut(new PrintWriter(Writer.nullWriter()))
                .setErr(new PrintWriter(errors, true))
                .execute(arguments.toArray(String[]::new));
        check(row, arguments, exitCode, errors.toString());
    }

    private static void check(Row row, List<String> arguments, int exitCode, String errors) {
        assertThat(exitCode).as("%s: %s", arguments, errors).isIn(row.exitCodes());
        assertThat(errors).as("%s", arguments).doesNotContain("unavailable", "OutOfMemory");
    }
}
