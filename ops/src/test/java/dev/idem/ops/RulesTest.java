package dev.idem.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
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
    void prometheusTakesThem() throws Exception {
        promtool("check", "rules", Rules.FILE.toString());
    }

    @Test
    void prometheusTakesTheExample() throws Exception {
        promtool("check", "config", Rules.FILE.resolveSibling("prometheus.yml").toString());
    }

    @Test
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
        boolean found = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "promtool")));
        if (!found) {
            System.out.println("promtool is not installed (Debian: prometheus): the rules are not checked with it");
        }
        assumeTrue(found, "promtool is not installed");
        Process process = new ProcessBuilder(Stream.concat(Stream.of("promtool"), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", List.of(arguments), said).isZero();
    }
}
