package dev.idem.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.idem.chaos.check.Verdict;
import dev.idem.chaos.run.Play;
import dev.idem.chaos.stage.StageSettings;
import dev.idem.verification.support.RandomForm;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Nodes that lack one check are caught; else the checks, or the tests of them, are worth nothing. */
final class MutationIT {

    @BeforeAll
    static void onlyWhenAsked() {
        assumeTrue(
                RandomForm.asked().full() || Boolean.getBoolean("chaos.mutations"),
                "only with -Pnightly or -Dchaos.mutations=true");
    }

    @ParameterizedTest
    @EnumSource
    void aMissingCheckIsSeen(Mutation mutation) throws Exception {
        Path directory = directory(mutation, "changed");
        mutation.writeTo(directory.resolve("overlay"));

        Verdict verdict = Play.perform(
                mutation.scenario(),
                mutation.workload(),
                StageSettings.of(mutation.consistency(), false, directory).withOverlay(directory.resolve("overlay")));

        assertThat(verdict.violates(mutation.rule()))
                .as("%s, %s", mutation, verdict)
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("oneForEachScenario")
    void theSameScenarioEndsWellWithTheCheck(Mutation mutation) throws Exception {
        Verdict verdict = Play.perform(
                mutation.scenario(),
                mutation.workload(),
                StageSettings.of(mutation.consistency(), false, directory(mutation, "unchanged")));

        assertThat(verdict.violations()).as("%s, %s", mutation, verdict).isEmpty();
    }

    private static Collection<Mutation> oneForEachScenario() {
        return Arrays.stream(Mutation.values())
                .collect(Collectors.toMap(
                        mutation -> List.of(mutation.consistency(), mutation.scenario(), mutation.workload()),
                        mutation -> mutation,
                        (first, second) -> first,
                        LinkedHashMap::new))
                .values();
    }

    private static Path directory(Mutation mutation, String kind) {
        return Path.of("target", "mutations", mutation.name().toLowerCase(Locale.ROOT), kind);
    }
}
