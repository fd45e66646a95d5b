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
    @ValueSource(strings = {"service", "admin-cli", "benchmarks", "conformance"})
    void noneOfItsLibrariesIs(String module) throws IOException {
        List<Library> libraries = held(module);

        assertThat(libraries).hasSizeGreaterThan(1); // one is another module of this project
        assertThat(KnownBadVersions.read(PROJECT.resolve("security/known-bad-versions.txt"))
                        .among(libraries))
                .isEmpty();
    }

    /** Bills of materials are written at night, and when someone asks for them. */
    @ParameterizedTest
    @EnabledIfSystemProperty(named = "test.form", matches = "full")
    @ValueSource(strings = {"service", "admin-cli", "benchmarks", "conformance"})
    void itsBillOfMaterialsNamesThemAll(String module) throws IOException {
        assumeFalse(Boolean.getBoolean("maven.offline"), "Maven writes no bill of materials offline");

        assertThat(Library.in(target(module, "bom.xml"))).containsAll(held(module));
    }

    private static List<Library> held(String module) throws IOException {
        return Library.listed(target(module, "libraries.txt"));
    }

    private static Path target(String module, String file) {
        return PROJECT.resolve(module).resolve("target").resolve(file);
    }
}
