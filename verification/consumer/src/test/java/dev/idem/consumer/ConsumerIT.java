package dev.idem.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.RandomForm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A project that has no part in this build uses its artifacts, from a repository that has nothing else of the project: the bundle
 * in the application {@code Grown}, and the servers for tests.
 */
final class ConsumerIT {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));
    private static final Path HERE = ROOT.resolve("verification/consumer");
    /** Neither JVM lives long enough for the second compiler to pay. */
    private static final String SHORT_LIFE = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

    private static final String EXAMPLE = "src/test/java/dev/idem/dropwizard/grown";
    private static final String SETTINGS = "src/test/resources";

    @Test
    void aProjectOfSomebodyElseBuildsWithTheArtifactsAlone(@TempDir Path project) throws Exception {
        copy(HERE.resolve("src/consumer"), project);
        copy(ROOT.resolve("dropwizard").resolve(EXAMPLE), project.resolve(EXAMPLE));
        copy(ROOT.resolve("dropwizard").resolve(SETTINGS), project.resolve(SETTINGS));
        Path log = project.resolve("build.log");

        ProcessBuilder build = new ProcessBuilder(maven(project))
                .directory(ROOT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        build.environment().put("MAVEN_OPTS", SHORT_LIFE);
        int exitCode = build.start().waitFor();

        assertThat(exitCode).as(Files.readString(log)).isZero();
        assertThat(project.resolve("target/surefire-reports/TEST-dev.orders.StoresOfTestsIT.xml"))
                .exists();
    }

    /** All of Grown's tests at night; here those of one class. */
    private static List<String> maven(Path project) {
        List<String> command = new ArrayList<>(List.of(
                ROOT.resolve("mvnw").toString(),
                "-B",
                "-q",
                "-f",
                project.resolve("pom.xml").toString(),
                "-Dmaven.repo.local=" + HERE.resolve("target/repository"),
                "-Dmaven.repo.local.tail=" + System.getProperty("libraries"),
                "-Dmaven.repo.local.tail.ignoreAvailability=true",
                "-DargLine=" + SHORT_LIFE,
                "test"));
        if (!RandomForm.asked().full()) {
            command.add("-Dtest=StoresOfTestsIT,RecordsInMemoryIT,StoredAnswerIT");
        }
        if (Boolean.getBoolean("maven.offline")) {
            command.add("-o");
        }
        return command;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}
