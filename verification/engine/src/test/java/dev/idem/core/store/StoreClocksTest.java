package dev.idem.core.store;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** A node's clock may be wrong by minutes: each store decides by its own clock. */
class StoreClocksTest {
    private static final Set<Class<?>> CLOCKS = Set.of(
            Clock.class,
            Instant.class,
            InstantSource.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            LocalDateTime.class);

    private static final DescribedPredicate<JavaAccess<?>> ASKING =
            DescribedPredicate.describe("asking this machine for the time", StoreClocksTest::asksForTheTime);

    private static final ArchRule NOBODY_ASKS =
            noClasses().should().accessTargetWhere(ASKING).because("the store's clock decides");

    @Test
    void whatWorksOnAStoreNeverAsksThisMachineForTheTime() {
        NOBODY_ASKS.check(new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "dev.idem.core.store",
                        "dev.idem.core.failover",
                        "dev.idem.core.journal",
                        "dev.idem.redis",
                        "dev.idem.postgres"));
    }

    @Test
    void oneThatAsksIsFound() {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> NOBODY_ASKS.check(new ClassFileImporter().importClasses(Asking.class)))
                .withMessageContaining("java.time.Instant.now()")
                .withMessageContaining("currentTimeMillis");
    }

    private static boolean asksForTheTime(JavaAccess<?> access) {
        String name = access.getTarget().getName();
        boolean ofAClock = CLOCKS.stream()
                .anyMatch(clock -> access.getTargetOwner().isEquivalentTo(clock)
                        && (name.equals("now") || name.startsWith("system")));
        boolean ofTheSystem = access.getTargetOwner().isEquivalentTo(System.class) && name.equals("currentTimeMillis");
        return ofAClock || ofTheSystem || (access.getTargetOwner().isEquivalentTo(Date.class) && name.equals("<init>"));
    }

    private record Asking(Supplier<Instant> later, long now) {
        Asking() {
            this(Instant::now, System.currentTimeMillis());
        }
    }
}
