package dev.idem.ops.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The file {@code idem-admin}, as operators run it, with a small heap. */
record Tool(Path directory, Map<String, String> environment) {
    private static final Path PROGRAM = Path.of(System.getProperty("project.root"), "admin-cli/target/idem-admin");
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    /**
     * Runs a command to its end. Nobody reads what it prints.
     *
     * @return how long it took
     * @throws AssertionError if it fails, or says that a store is unavailable
     */
    Duration run(Row row, String key) throws IOException, InterruptedException {
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
        long begin = System.nanoTime();
        Process process = command.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(arguments + " does not end");
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(process.exitValue())
                .as("%s: %s", arguments, Files.readString(errors))
                .isIn(row.exitCodes());
        assertThat(errors).as("%s", arguments).content().doesNotContain("unavailable", "OutOfMemory");
        return took;
    }
}
