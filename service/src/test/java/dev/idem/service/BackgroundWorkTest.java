package dev.idem.service;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.codeUnits;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import dev.idem.core.background.DaemonThreads;
import dev.idem.core.background.OutOfMemoryExit;
import dev.idem.core.background.PeriodicTask;
import dev.idem.service.stores.StoresBundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.Test;

/** Work beside requests goes on after a failure, and nothing goes on without memory: there is one place for each. */
final class BackgroundWorkTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPaths(
                    List.of("core", "redis", "postgres", "http", "dropwizard", "gateway", "accounts", "service")
                            .stream()
                            .map(module -> Path.of("..", module, "target", "classes"))
                            .filter(Files::isDirectory)
                            .toList());

    private static final Set<String> TOO_WIDE = Set.of(
            "java.lang.Throwable", "java.lang.Error", "java.lang.VirtualMachineError", "java.lang.OutOfMemoryError");

    @Test
    void roundsAreRepeatedInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(PeriodicTask.class)
                .should()
                .callMethodWhere(
                        new DescribedPredicate<JavaMethodCall>("repeats a task that ends with its first failure") {
                            @Override
                            public boolean test(JavaMethodCall call) {
                                return call.getTargetOwner().isAssignableTo(ScheduledExecutorService.class)
                                        && Set.of("scheduleAtFixedRate", "scheduleWithFixedDelay")
                                                .contains(call.getName());
                            }
                        })
                .check(CLASSES);
    }

    /** The hooks that stop embedded servers run when all else has ended. */
    @Test
    void threadsAreMadeInOnePlace() {
        noClasses()
                .that()
                .doNotBelongToAnyOf(DaemonThreads.class)
                .and()
                .resideOutsideOfPackage(StoresBundle.class.getPackageName())
                .should()
                .callConstructorWhere(new DescribedPredicate<JavaConstructorCall>("makes a thread") {
                    @Override
                    public boolean test(JavaConstructorCall call) {
                        return call.getTargetOwner().isAssignableTo(Thread.class);
                    }
                })
                .check(CLASSES);
    }

    @Test
    void noFutureKeepsAFailureToItself() {
        noClasses()
                .should()
                .callMethodWhere(new DescribedPredicate<JavaMethodCall>("runs a task whose failure is lost") {
                    @Override
                    public boolean test(JavaMethodCall call) {
                        return call.getTargetOwner().isAssignableTo(CompletableFuture.class)
                                && Set.of("runAsync", "supplyAsync").contains(call.getName());
                    }
                })
                .check(CLASSES);
    }

    @Test
    void whoCatchesEverythingEndsAProcessWithoutMemory() {
        codeUnits()
                .that(new DescribedPredicate<JavaCodeUnit>("catch errors") {
                    @Override
                    public boolean test(JavaCodeUnit unit) {
                        return unit.getTryCatchBlocks().stream()
                                        .flatMap(block -> block.getCaughtThrowables().stream())
                                        .anyMatch(caught -> TOO_WIDE.contains(caught.getName()))
                                && unit.getMethodCallsFromSelf().stream()
                                        .noneMatch(call -> call.getName().equals("addSuppressed"));
                    }
                })
                .should(new ArchCondition<>("call OutOfMemoryExit.haltAfter") {
                    @Override
                    public void check(JavaCodeUnit unit, ConditionEvents events) {
                        boolean does = unit.getMethodCallsFromSelf().stream()
                                .anyMatch(call -> call.getTargetOwner().isEquivalentTo(OutOfMemoryExit.class));
                        events.add(new SimpleConditionEvent(
                                unit,
                                does,
                                unit.getFullName() + (does ? " looks" : " catches errors and does not look")));
                    }
                })
                .check(CLASSES);
    }
}
