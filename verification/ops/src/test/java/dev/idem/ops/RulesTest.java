package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.idem.verification.support.NeedsPrograms;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules are ones that Prometheus takes, and do what they are said to do. */
final class RulesTest {
    private static final Path TESTS = Rules.FILE.resolveSibling("rules_test.yml");

    @Test
    @NeedsPrograms("promtool")
    void prometheusTakesThem() throws Exception {
        promtool("check", "rules", Rules.FILE.toString());
    }

    @Test
    @NeedsPrograms("promtool")
    void prometheusTakesTheExample() throws Exception {
        promtool("check", "config", Rules.FILE.resolveSibling("prometheus.yml").toString());
    }

    @Test
    @NeedsPrograms("promtool")
    void alertsFireWhenTheyShouldAndOnlyThen() throws Exception {
        promtool("test", "rules", TESTS.toString());
    }

    @Test
    void eachAlertIsTestedBothWays() throws Exception {
        String tests = Files.readString(TESTS);

        assertThat(Rules.read().alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.get("alert").asText();
            assertThat(tests).contains("name: " + name + " fires\n", "name: " + name + " does not fire\n");
        });
    }

    private static void promtool(String... arguments) throws Exception {
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(arguments), said).isZero();
    }
}
