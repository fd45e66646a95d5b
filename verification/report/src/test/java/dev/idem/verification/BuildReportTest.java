package dev.idem.verification;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildReportTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final Path project;

    BuildReportTest(@TempDir Path project) {
        this.project = project;
    }

    private Path report(String module, String reports, String name, String time, String cases) throws IOException {
        Path folder = Files.createDirectories(
                project.resolve(module).resolve("target").resolve(reports));
        Path file = Files.writeString(
                folder.resolve("TEST-dev.idem." + name + ".xml"),
                "<testsuite name=\"dev.idem." + name + "\" time=\"" + time + "\" tests=\"3\">" + cases
                        + "</testsuite>");
        Files.setLastModifiedTime(file, FileTime.from(BEGIN.plusSeconds(1)));
        return file;
    }

    private String text() throws IOException {
        return String.join("\n", BuildReport.read(project, BEGIN).lines("short", "short form"));
    }

    @Test
    void countsTheTestsOfAllModules() throws IOException {
        report("core", "surefire-reports", "OneTest", "0.5", "");
        report("core", "failsafe-reports", "OneIT", "1,000.5", "");
        report("verification/chaos", "failsafe-reports", "OtherIT", "2", "");

        assertThat(text()).contains("Tests: 9 in 3 classes, 1,003 s one after the other; short form");
    }

    @Test
    void whatAnEarlierBuildLeftDoesNotCount() throws IOException {
        Files.setLastModifiedTime(
                report("core", "surefire-reports", "GoneTest", "1", ""), FileTime.from(BEGIN.minusSeconds(1)));

        assertThat(text()).contains("Tests: 0 in 0 classes").doesNotContain("GoneTest");
    }

    @Test
    void aClassOfMoreThanTwentySecondsIsSlow() throws IOException {
        report("core", "failsafe-reports", "SlowIT", "20.1", "");
        report("core", "failsafe-reports", "FineIT", "20.0", "");

        assertThat(text().lines())
                .anyMatch(line -> line.contains("SlowIT") && line.contains("SLOW"))
                .anyMatch(line -> line.contains("FineIT") && !line.contains("SLOW"));
    }

    @Test
    void theTwentySlowestAreShownTheSlowestFirst() throws IOException {
        for (int i : IntStream.rangeClosed(10, 40).toArray()) {
            report("core", "failsafe-reports", "Of" + i + "IT", Integer.toString(i), "");
        }

        assertThat(text().lines().filter(line -> line.matches(".*Of\\d\\dIT.*")))
                .hasSize(20)
                .first()
                .asString()
                .contains("Of40IT");
    }

    @Test
    void aModuleThatGrewByMoreThanAFifthIsNamed() throws IOException {
        Files.createDirectories(project.resolve("verification"));
        Files.writeString(project.resolve("verification/module-seconds.properties"), "core=10\nservice=10\n");
        report("core", "failsafe-reports", "OneIT", "12.5", "");
        report("service", "failsafe-reports", "OtherIT", "11.5", "");

        assertThat(text()).contains("GROWN: the tests of core take 13 s").doesNotContain("tests of service");
    }

    @Test
    void aTestThatWasSkippedIsNamedWithTheReason() throws IOException {
        report(
                "service",
                "failsafe-reports",
                "ConsoleIT",
                "1",
                "<testcase name=\"opens\"><skipped message=\"this machine lacks chromium\"/></testcase>"
                        + "<testcase name=\"closes\"><skipped message=\"this machine lacks chromium\"/></testcase>");
        report(
                "ops",
                "surefire-reports",
                "RulesTest",
                "1",
                "<testcase name=\"\"><skipped message=\"this machine lacks promtool\"/></testcase>");

        assertThat(text())
                .contains("SKIPPED: ConsoleIT (service), opens, closes: this machine lacks chromium")
                .contains("SKIPPED: RulesTest (ops): this machine lacks promtool");
    }

    @Test
    void manyTestsSkippedForOneReasonAreCounted() throws IOException {
        String aborted = "<skipped type=\"org.opentest4j.TestAbortedException\"><![CDATA["
                + "org.opentest4j.TestAbortedException: Assumption failed: not of this profile\n\tat dev.idem]]></skipped>";
        report(
                "conformance",
                "failsafe-reports",
                "ProfileIT",
                "1",
                IntStream.rangeClosed(1, 5)
                                .mapToObj(i -> "<testcase name=\"case" + i + "\">" + aborted + "</testcase>")
                                .collect(joining())
                        + "<testcase name=\"flaky\"><skipped message=\"disabled\"/></testcase>");

        assertThat(text())
                .contains("SKIPPED: ProfileIT (conformance), case1, case2, case3 and 2 more: not of this profile")
                .contains("SKIPPED: ProfileIT (conformance), flaky: disabled");
    }

    @Test
    void aSuiteThatSkipsForManyReasonsSaysSoInOneLine() throws IOException {
        report(
                "conformance",
                "failsafe-reports",
                "SuiteIT",
                "1",
                IntStream.rangeClosed(1, 5)
                        .mapToObj(i -> "<testcase name=\"case\"><skipped message=\"reason " + i + "\"/></testcase>")
                        .collect(joining()));

        assertThat(text())
                .contains("SKIPPED: SuiteIT (conformance): 5 tests for 5 reasons, such as: reason 1")
                .doesNotContain("reason 2");
    }

    @Test
    void whatFailedIsNamed() throws IOException {
        report(
                "core",
                "failsafe-reports",
                "OneIT",
                "1",
                "<testcase name=\"one\"><failure message=\"no\"/></testcase>"
                        + "<testcase name=\"two\"><error message=\"no\"/></testcase><testcase name=\"three\"/>");

        assertThat(text()).contains("FAILED: OneIT (core), one, two").doesNotContain("three");
    }

    @Test
    void aModuleWithoutANumberIsNew() throws IOException {
        report("clients", "failsafe-reports", "OneIT", "12.5", "");

        assertThat(text()).contains("NEW: the tests of clients take 13 s");
    }

    @Test
    void theFullFormIsComparedWithNothing() throws IOException {
        Files.createDirectories(project.resolve("verification"));
        Files.writeString(project.resolve("verification/module-seconds.properties"), "core=10\n");
        report("core", "failsafe-reports", "OneIT", "120", "");

        assertThat(BuildReport.read(project, BEGIN).lines("full", ""))
                .noneMatch(line -> line.contains("GROWN") || line.contains("NEW"));
    }

    @Test
    void whatIsNoReportIsAnError() throws IOException {
        Files.writeString(report("core", "surefire-reports", "HalfTest", "1", ""), "<testsuite");

        assertThatThrownBy(this::text).isInstanceOf(IOException.class);
    }
}
