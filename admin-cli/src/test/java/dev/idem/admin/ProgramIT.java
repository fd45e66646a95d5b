package dev.idem.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file that operators run, as they run it. */
class ProgramIT {
    private static final Path TARGET = Path.of("target").toAbsolutePath();
    private static final Path PROGRAM = TARGET.resolve("idem-admin");

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    private Path directory;

    private record Run(int exitCode, String out, String err) {}

    @Test
    void theFileRunsByItself() throws Exception {
        Run run = run(PROGRAM.toString(), "--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("idem-admin ").doesNotContain("not packaged");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void everybodyMayRunIt() throws Exception {
        assertThat(Files.getPosixFilePermissions(PROGRAM)).asString().contains("OTHERS_READ", "OTHERS_EXECUTE");
    }

    @Test
    void itRunsThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("admin"), PROGRAM);

        assertThat(run(link.toString(), "list", "--help").out()).contains("Usage: idem-admin list");
    }

    @Test
    void itRunsFromThePath() throws Exception {
        assertThat(run("sh", "-c", "idem-admin --help").out()).contains("Usage: idem-admin");
    }

    @Test
    void anArchiveOfClassesIsMadeOnceAndUsed() throws Exception {
        Path archive = directory.resolve("classes.jsa");
        String[] help = {"env", "IDEM_ADMIN_ARCHIVE=" + archive, PROGRAM.toString(), "list", "--help"};

        Run first = run(help);
        FileTime made = Files.getLastModifiedTime(archive);
        Run second = run(help);

        assertThat(second).isEqualTo(first);
        assertThat(second.exitCode()).isZero();
        assertThat(second.err()).isEmpty();
        assertThat(Files.getLastModifiedTime(archive)).isEqualTo(made);
    }

    @Test
    void whatIsNoArchiveDoesNoHarm() throws Exception {
        Path archive = Files.writeString(directory.resolve("classes.jsa"), "something else");

        Run run = run("env", "IDEM_ADMIN_ARCHIVE=" + archive, PROGRAM.toString(), "list", "--help");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("Usage: idem-admin list");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void onlyAFileIsReplacedByAnArchiveAndNothingIsSaidOfOneThatCannotBeWritten() throws Exception {
        Path precious = Files.createDirectory(directory.resolve("precious"));
        Path missing = directory.resolve("missing").resolve("classes.jsa");

        for (String place : List.of(precious.toString(), missing.toString(), "/dev/null", "/dev/full")) {
            Run run = run("env", "IDEM_ADMIN_ARCHIVE=" + place, PROGRAM.toString(), "--version");

            assertThat(run.exitCode()).as(place).isZero();
            assertThat(run.err()).isEmpty();
        }
        assertThat(precious).isEmptyDirectory();
        assertThat(Files.isRegularFile(Path.of("/dev/null"))).isFalse();
    }

    @Test
    void halfAnArchiveNeverGetsItsName() throws Exception {
        Path archive = directory.resolve("classes.jsa");

        Run run = run("env", "IDEM_ADMIN_ARCHIVE=" + archive, PROGRAM.toString(), "--nonsense");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(archive).isNotEmptyFile();
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("classes.jsa."));
        }
    }

    @Test
    void anArchiveOfAJavaThatWasKilledIsThrownAway() throws Exception {
        Path archive = directory.resolve("classes.jsa");

        Run run = run(
                "env",
                "JAVA_HOME=" + javaThat("echo half > \"$new\"; kill -9 $$"),
                "IDEM_ADMIN_ARCHIVE=" + archive,
                PROGRAM.toString(),
                "--version");

        assertThat(run.exitCode()).isEqualTo(137);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().startsWith("classes.jsa"));
        }
    }

    @Test
    void aStopReachesJavaAlsoWhileItMakesAnArchive() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "list").directory(directory.toFile());
        builder.environment()
                .put(
                        "JAVA_HOME",
                        javaThat("trap 'echo stopped; exit 143' TERM; read answer; echo \"$answer\"\n"
                                        + "while :; do sleep 0.05; done")
                                .toString());
        builder.environment().put("IDEM_ADMIN_ARCHIVE", "classes.jsa");
        Process process = builder.start();
        try (BufferedReader out = process.inputReader();
                Writer input = process.outputWriter()) {
            input.write("yes\n");
            input.flush();
            assertThat(out.readLine()).isEqualTo("yes");
            assertThat(process.toHandle().destroy()).isTrue(); // which leaves the streams open

            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
            assertThat(out.readLine()).isEqualTo("stopped");
        } finally {
            process.destroyForcibly();
        }
    }

    /** @return a home of a program that is called as Java is; {@code $new} is the archive that it should make */
    private Path javaThat(String does) throws IOException {
        Path home = directory.resolve("home");
        Path java = Files.createDirectories(home.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                "#!/bin/sh\nfor option; do case $option in -XX:ArchiveClassesAtExit=*) new=${option#*=} ;; esac; done\n"
                        + does + "\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return home;
    }

    @Test
    void argumentsWithSpacesArriveWhole() throws Exception {
        assertThat(run(PROGRAM.toString(), "list", "--limit", "1 0").err()).contains("1 0");
    }

    @Test
    void failuresLeaveTheStandardOutputEmpty() throws Exception {
        Run run = run(PROGRAM.toString(), "-c", "missing.yml", "list");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("missing.yml").doesNotContain("Exception in", "\tat ", "SLF4J");
    }

    @Test
    void whatCannotBeWrittenIsAFailure() throws Exception {
        Run full = run("sh", "-c", "idem-admin --help > /dev/full");
        Run closed = run("sh", "-c", "idem-admin --help >&-");

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.err()).hasLineCount(1).startsWith("The standard output cannot be written: ");
        assertThat(closed.exitCode()).isEqualTo(1);
        assertThat(closed.err()).hasLineCount(1).startsWith("The standard output cannot be written: ");
    }

    @Test
    void aReaderThatLeavesEarlyEndsItQuietly() throws Exception {
        Run run = run("sh", "-c", "{ idem-admin --help; echo $? >&2; } | true");

        assertThat(run.err()).isEqualTo("1\n");
    }

    private Run run(String... command) throws IOException, InterruptedException {
        Path out = directory.resolve("out.txt");
        Path err = directory.resolve("err.txt");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().merge("PATH", TARGET.toString(), (old, ours) -> ours + ":" + old);
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the program does not end");
        }
        return new Run(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
