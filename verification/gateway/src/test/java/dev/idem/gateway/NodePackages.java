package dev.idem.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The clients of the folder {@code clients}, with what they need from npm, if this machine has Node and npm. */
final class NodePackages {
    private static final List<String> FILES =
            List.of("package.json", "package-lock.json", "stripe.mjs", "axios.mjs", "got.mjs", "undici.mjs");
    private static final long INSTALLED_WITHIN_S = 120;
    private static final long DONE_WITHIN_S = 60;

    private final Path directory;
    private String why = "not installed yet";

    NodePackages(Path directory) {
        this.directory = directory;
    }

    void install() throws IOException, InterruptedException {
        Files.createDirectories(directory);
        for (String file : FILES) {
            try (InputStream from = NodePackages.class.getResourceAsStream("clients/" + file)) {
                Files.copy(
                        java.util.Objects.requireNonNull(from, file),
                        directory.resolve(file),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try {
            Output npm = run(INSTALLED_WITHIN_S, List.of("npm", "ci", "--no-audit", "--no-fund", "--prefer-offline"));
            why = npm.exitCode() == 0 ? "" : "npm cannot install the clients: " + npm.text();
        } catch (IOException e) {
            why = "there is no npm here: " + e.getMessage();
        }
    }

    boolean areInstalled() {
        return why.isEmpty();
    }

    /** Why the clients cannot run. */
    String why() {
        return why;
    }

    /** What the program prints; it is to end well. */
    String run(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("node", program));
        command.addAll(List.of(arguments));
        Output output = run(DONE_WITHIN_S, command);
        assertThat(output.exitCode()).as(output.text()).isZero();
        return output.text();
    }

    private record Output(int exitCode, String text) {}

    private Output run(long withinSeconds, List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile(directory, "run", ".log");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            boolean ended = process.waitFor(withinSeconds, TimeUnit.SECONDS);
            String text = Files.readString(log, StandardCharsets.UTF_8);
            return ended ? new Output(process.exitValue(), text) : new Output(-1, "not done in time: " + text);
        } finally {
            process.destroyForcibly();
            Files.delete(log);
        }
    }
}
