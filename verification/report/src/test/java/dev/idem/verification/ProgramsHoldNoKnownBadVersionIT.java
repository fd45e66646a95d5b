package dev.idem.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProgramsHoldNoKnownBadVersionIT {
    private static final Path PROJECT = Path.of(System.getProperty("project.root"));

    @ParameterizedTest
    @ValueSource(strings = {"service", "admin-cli"})
    void noneOfItsLibrariesIs(String module) throws IOException {
        check(module);
    }

    /** Nobody runs the suites in production. Their bills of materials are written at night. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "test.form", matches = "full")
    @ValueSource(strings = {"benchmarks", "conformance"})
    void norAreThoseOfTheSuites(String module) throws IOException {
        check(module);
    }

    private static void check(String module) throws IOException {
        assumeFalse(Boolean.getBoolean("maven.offline"), "Maven writes no bill of materials offline");

        List<Library> libraries = Library.in(PROJECT.resolve(module).resolve("target/bom.xml"));

        assertThat(libraries).hasSizeGreaterThan(1); // itself is one
        assertThat(KnownBadVersions.read(PROJECT.resolve("security/known-bad-versions.txt"))
                        .among(libraries))
                .isEmpty();
    }
}
