package dev.idem.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
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
    private static final List<String> MODULES = List.of(
            "core",
            "redis",
            "postgres",
            "testing",
            "http",
            "dropwizard",
            "dropwizard-testing",
            "hibernate",
            "gateway",
            "accounts",
            "service",
            "admin-cli",
            "embedded");
    private static final String[] FRAMEWORKS = {
        "io.dropwizard..", "jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish..", "org.eclipse.jetty..", "picocli.."
    };
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

    /** What is ours and not core's, and what is a framework's, a driver's or a metrics library's. */
    @Test
    void coreKnowsNoOtherModuleNoFrameworkAndNoDriver() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.core..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..").and(resideOutsideOfPackage("dev.idem.core..")))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(FRAMEWORKS)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "redis.clients..",
                        "org.jdbi..",
                        "org.postgresql..",
                        "org.apache.tomcat..",
                        "liquibase..",
                        "javax.sql..",
                        "com.codahale..",
                        "io.prometheus..",
                        "io.opentelemetry..")
                .check(CLASSES);
    }

    @Test
    void eachStoreKnowsCoreAlone() {
        for (String store : List.of("redis", "postgres")) {
            String own = "dev.idem." + store + "..";
            noClasses()
                    .that()
                    .resideInAPackage(own)
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("dev.idem..").and(resideOutsideOfPackages("dev.idem.core..", own)))
                    .orShould()
                    .dependOnClassesThat()
                    .resideInAnyPackage(FRAMEWORKS)
                    .check(CLASSES);
        }
    }

    @Test
    void redisIsKnownToTheStoreOfThatNameAndPostgresqlToTheOther() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.redis..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jdbi..", "org.postgresql..", "liquibase..", "java.sql..", "javax.sql..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.idem.postgres..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("redis.clients..")
                .check(CLASSES);
    }

    @Test
    void testingKnowsCoreAndEmbeddedAlone() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.testing..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..")
                        .and(resideOutsideOfPackages("dev.idem.testing..", "dev.idem.core..", "dev.idem.embedded..")))
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

    /** An application without Hibernate leaves it out. */
    @Test
    void onlyItsModuleKnowsHibernateAndThatKnowsTheBundleAlone() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.idem.hibernate..")
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage("dev.idem.hibernate..", "org.hibernate..", "jakarta.persistence..")
                                .and(resideOutsideOfPackage("org.hibernate.validator..")))
                .check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("dev.idem.hibernate..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..")
                        .and(resideOutsideOfPackages("dev.idem.hibernate..", "dev.idem.dropwizard..")))
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
                        .and(resideOutsideOfPackages("dev.idem.gateway..", "dev.idem.http..", "dev.idem.core..")))
                .orShould()
                .dependOnClassesThat(
                        resideInAPackage("io.dropwizard..").and(resideOutsideOfPackage("io.dropwizard.util")))
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish..", "org.jdbi..", "redis.clients..")
                .check(CLASSES);
    }

    /** A program that contains it could forget its records. */
    @Test
    void nothingKnowsTheTestsOfApplications() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.idem.dropwizard.testing..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.idem.dropwizard.testing..")
                .check(CLASSES);
    }

    @Test
    void accountsKnowNoOtherModule() {
        noClasses()
                .that()
                .resideInAPackage("dev.idem.accounts..")
                .should()
                .dependOnClassesThat(resideInAPackage("dev.idem..").and(resideOutsideOfPackage("dev.idem.accounts..")))
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
                        "dev.idem.redis..",
                        "dev.idem.postgres..",
                        "dev.idem.dropwizard..",
                        "dev.idem.service..",
                        "dev.idem.admin..")
                .check(CLASSES);
    }

    /**
     * A module's root package is one too. The bundle's root has what applications see: the bundle, which knows every
     * package below, and the annotation and context that these read.
     */
    @Test
    void packagesFormNoCycle() {
        slices().matching("dev.idem.(**)")
                .should()
                .beFreeOfCycles()
                .ignoreDependency(
                        alwaysTrue(), nameMatching("dev\\.idem\\.dropwizard\\.(Idempotent|IdempotencyContext)"))
                .check(CLASSES);
    }
}
