package dev.idem.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The arrows run one way: from the service and the tool down to core; no module knows its users. */
final class ArrowsTest {
    private static final String ROOT = System.getProperty("project.root");
    private static final List<String> MODULES =
            List.of("core", "http", "dropwizard", "gateway", "accounts", "service", "admin-cli", "embedded");
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(MODULES.stream()
                    .map(module -> Path.of(ROOT, module, "target", "classes"))
                    .toList());

    @Test
    void theModulesAreThere() {
        assertThat(MODULES)
                .allSatisfy(module -> assertThat(Files.isDirectory(Path.of(ROOT, module, "target", "classes", "dev")))
                        .isTrue());
    }

    @Test
    void coreKnowsNoFrameworkAndNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.core..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.idem.http..",
                        "dev.idem.dropwizard..",
                        "dev.idem.gateway..",
                        "dev.idem.accounts..",
                        "dev.idem.service..",
                        "dev.idem.admin..",
                        "dev.idem.embedded..",
                        "io.dropwizard..",
                        "jakarta.ws.rs..",
                        "jakarta.servlet..",
                        "org.glassfish..",
                        "picocli..")
                .check(CLASSES);
    }

    @Test
    void httpKnowsCoreAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.http..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..")
                        .and(resideOutsideOfPackages("dev.idem.http..", "dev.idem.core..")))
                .check(CLASSES);
    }

    @Test
    void httpKnowsNoServerAndNoDriver() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish..", "org.jdbi..", "redis.clients..")
                .check(CLASSES);
        noClasses()
                .that(resideInAPackage("dev.idem.http..").and(resideOutsideOfPackage("dev.idem.http.jetty")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    /** Its configuration reads sizes and durations as Dropwizard writes them. */
    @Test
    void httpKnowsOnlyTheUnitsOfDropwizard() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.http..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("io.dropwizard..").and(resideOutsideOfPackage("io.dropwizard.util..")))
                .check(CLASSES);
    }

    @Test
    void theBundleKnowsNoApplication() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.dropwizard..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.idem.gateway..",
                        "dev.idem.accounts..",
                        "dev.idem.service..",
                        "dev.idem.admin..",
                        "dev.idem.embedded..")
                .check(CLASSES);
    }

    /** It stands in front of any HTTP API: only units of sizes and times come from Dropwizard. */
    @Test
    void theGatewayKnowsHttpAndCoreAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.gateway..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..")
                        .and(not(resideInAnyPackage("dev.idem.gateway..", "dev.idem.http..", "dev.idem.core.."))))
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("io.dropwizard..").and(not(resideInAPackage("io.dropwizard.util"))))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish..", "org.jdbi..", "redis.clients..")
                .check(CLASSES);
    }

    @Test
    void accountsKnowNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.accounts..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..").and(not(resideInAPackage("dev.idem.accounts.."))))
                .check(CLASSES);
    }

    @Test
    void nothingButTheServiceKnowsTheService() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.idem.service..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.idem.service..")
                .check(CLASSES);
    }

    @Test
    void theServiceAndTheToolDoNotKnowEachOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.service..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.idem.admin..")
                .check(CLASSES);
    }

    @Test
    void embeddedKnowsNoneOfThem() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.embedded..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.idem.core..",
                        "dev.idem.http..",
                        "dev.idem.dropwizard..",
                        "dev.idem.service..",
                        "dev.idem.admin..")
                .check(CLASSES);
    }

    @Test
    void packagesOfAModuleFormNoCycle() {
        for (String module : List.of("core", "http", "dropwizard", "gateway", "service")) {
            slices().matching("dev.idem." + module + ".(**)")
                    .should()
                    .beFreeOfCycles()
                    .check(CLASSES);
        }
    }
}
