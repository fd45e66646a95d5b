package dev.idem.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code ./mvnw install} ends in an error at a module that makes no file, unless that module says so. */
final class ModulesForRepositoriesTest {
    private static final Path ROOT = Path.of(System.getProperty("project.root"));

    @Test
    void aModuleWithoutAFileGoesIntoNoRepository() throws Exception {
        List<Path> empty = modules()
                .filter(module -> !Files.isDirectory(module.resolve("src/main")))
                .filter(module -> !pom(module).contains("<packaging>pom</packaging>"))
                .toList();

        assertThat(empty).isNotEmpty().allSatisfy(module -> assertThat(pom(module))
                .contains("<maven.install.skip>true<", "<maven.deploy.skip>true<"));
    }

    private static Stream<Path> modules() {
        return pom(ROOT)
                .lines()
                .filter(line -> line.strip().startsWith("<module>"))
                .map(line -> ROOT.resolve(line.replaceAll("</?module>", "").strip()));
    }

    private static String pom(Path module) {
        try {
            return Files.readString(module.resolve("pom.xml"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
