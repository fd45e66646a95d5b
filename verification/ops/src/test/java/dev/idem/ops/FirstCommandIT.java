package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.verification.support.NeedsPrograms;
import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command on a clean checkout of the last commit. A tree that was built before has more than it needs. */
@NeedsPrograms("git")
final class FirstCommandIT {
    private static final Path PROJECT = Path.of(System.getProperty("project.root"));

    @Test
    void itBuildsTheProgramsWithoutAnyTest(@TempDir Path checkout) throws Exception {
        assumeTrue(RandomForm.asked().full(), "only with -Pnightly");
        assumeTrue(Files.exists(PROJECT.resolve(".git")), "no history here");
        Path log = checkout.resolve("build.log");
        Path clone = checkout.resolve("clone");
        run(log, checkout, "git", "clone", "--quiet", PROJECT.toString(), clone.toString());

        run(log, clone, "./mvnw", "--quiet", "--offline", "-DskipTests", "package");

        assertThat(clone.resolve("service/target/service.jar")).exists();
        assertThat(clone.resolve("admin-cli/target/idem-admin")).isExecutable();
    }

    private static void run(Path log, Path directory, String... command) throws IOException, InterruptedException {
        int exitCode = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
        assertThat(exitCode).as(Files.readString(log)).isZero();
    }
}
