package dev.idem.benchmarks;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Packages depend one way. */
final class ArrowsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPath(Path.of("target", "classes"));

    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.idem.benchmarks.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void whatIsMeasuredDoesNotKnowWhoMeasures() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.benchmarks.http.app..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.idem.benchmarks.http.load..",
                        "dev.idem.benchmarks.http.run..",
                        "dev.idem.benchmarks.http.server..")
                .check(CLASSES);
    }
}
