package dev.idem.verification;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The last lines of a build: the slowest classes of tests, what has become slow, and which tests failed or were skipped. One
 * file that needs nothing but a JDK, so that {@code java BuildReport.java} prints it after a build that failed half-way, too.
 */
public final class BuildReport {
    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss", Locale.ROOT);
    private static final String RECORDED = "verification/module-seconds.properties";
    private static final int SHOWN = 20;
    private static final int NAMED = 3;
    private static final double SLOW_SECONDS = 20;
    private static final double GROWTH = 1.2;

    private final List<TestClass> classes;
    private final Map<String, Double> recorded;

    private record Skipped(String test, String reason) {}

    private record TestClass(
            String module, String name, int tests, double seconds, List<Skipped> skipped, List<String> failed) {}

    private BuildReport(List<TestClass> classes, Map<String, Double> recorded) {
        this.classes = classes;
        this.recorded = recorded;
    }

    /**
     * Prints the report.
     *
     * @param arguments the project's folder; when the build began, as {@code yyyyMMddHHmmss} in UTC (reports older than that
     *     are another build's); the form of random tests, {@code short} or {@code full}; what else the first line says
     */
    public static void main(String[] arguments) throws IOException {
        Instant begin = LocalDateTime.parse(arguments[1], TIMESTAMP).toInstant(ZoneOffset.UTC);
        read(Path.of(arguments[0]), begin).lines(arguments[2], arguments[3]).forEach(System.out::println);
    }

    /** @throws IOException if the folder, or a report in it, cannot be read */
    static BuildReport read(Path project, Instant begin) throws IOException {
        List<TestClass> classes = new ArrayList<>();
        addModules(project, "", begin, classes);
        if (Files.isDirectory(project.resolve("verification"))) {
            addModules(project, "verification", begin, classes);
        }
        return new BuildReport(classes, recorded(project.resolve(RECORDED)));
    }

    private static void addModules(Path project, String parent, Instant begin, List<TestClass> classes)
            throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(project.resolve(parent), Files::isDirectory)) {
            for (Path module : folders) {
                for (String reports : List.of("target/surefire-reports", "target/failsafe-reports")) {
                    if (Files.isDirectory(module.resolve(reports))) {
                        addClasses(project.relativize(module), module.resolve(reports), begin, classes);
                    }
                }
            }
        }
    }

    private static void addClasses(Path module, Path reports, Instant begin, List<TestClass> classes)
            throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(reports, "TEST-*.xml")) {
            for (Path file : files) {
                if (!Files.getLastModifiedTime(file).toInstant().isBefore(begin)) {
                    classes.add(parse(module.toString().replace('\\', '/'), file));
                }
            }
        }
    }

    private static TestClass parse(String module, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(in);
            String name = "";
            int tests = 0;
            double seconds = 0;
            String test = "";
            List<Skipped> skipped = new ArrayList<>();
            List<String> failed = new ArrayList<>();
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    switch (xml.getLocalName()) {
                        case "testsuite" -> {
                            name = simpleName(xml.getAttributeValue(null, "name"));
                            tests = Integer.parseInt(xml.getAttributeValue(null, "tests"));
                            seconds = Double.parseDouble(
                                    xml.getAttributeValue(null, "time").replace(",", ""));
                        }
                        case "testcase" -> test = xml.getAttributeValue(null, "name");
                        case "skipped" -> skipped.add(new Skipped(test, reason(xml)));
                        case "failure", "error" -> failed.add(test);
                        default -> {}
                    }
                }
            }
            return new TestClass(module, name, tests, seconds, skipped, failed);
        } catch (XMLStreamException e) {
            throw new IOException(file + " is no report of tests", e);
        }
    }

    /** An attribute; or, where a test has found out itself that it cannot run, the first line of the exception. */
    private static String reason(XMLStreamReader skipped) throws XMLStreamException {
        String message = skipped.getAttributeValue(null, "message");
        String said =
                message == null ? skipped.getElementText().lines().findFirst().orElse("") : message;
        return said.replaceFirst("^[\\w.]+Exception: ", "").replaceFirst("^Assumption failed: ", "");
    }

    private static String simpleName(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Map<String, Double> recorded(Path file) throws IOException {
        Properties properties = new Properties();
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            }
        }
        return properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(
                        module -> module, module -> Double.parseDouble(properties.getProperty(module))));
    }

    /** @param form {@code short}, or {@code full}, whose seconds are compared with nothing */
    List<String> lines(String form, String remark) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%nTests: %,d in %,d classes, %,.0f s one after the other; %s",
                classes.stream().mapToInt(TestClass::tests).sum(),
                classes.size(),
                classes.stream().mapToDouble(TestClass::seconds).sum(),
                remark));
        addSlowest(lines);
        if (form.equals("short")) {
            addGrown(lines);
        }
        addSkipped(lines);
        addFailed(lines);
        return lines;
    }

    private void addSlowest(List<String> lines) {
        lines.add("The slowest classes, in seconds:");
        classes.stream()
                .sorted(Comparator.comparingDouble(TestClass::seconds).reversed())
                .limit(SHOWN)
                .map(one -> String.format(
                        Locale.ROOT,
                        "%8.1f  %-12s %s%s",
                        one.seconds(),
                        one.module(),
                        one.name(),
                        one.seconds() > SLOW_SECONDS ? "  SLOW: more than 20 s" : ""))
                .forEach(lines::add);
    }

    /** Seconds of tests by module, beside what is written down. */
    private void addGrown(List<String> lines) {
        Map<String, Double> now = classes.stream()
                .collect(Collectors.groupingBy(
                        TestClass::module, TreeMap::new, Collectors.summingDouble(TestClass::seconds)));
        now.forEach((module, seconds) -> {
            double before = recorded.getOrDefault(module, 0.0);
            if (before == 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "NEW: the tests of %s take %.0f s; write that into %s",
                        module,
                        seconds,
                        RECORDED));
            } else if (seconds > before * GROWTH) {
                lines.add(String.format(
                        Locale.ROOT,
                        "GROWN: the tests of %s take %.0f s, more than a fifth above the %.0f s in %s",
                        module,
                        seconds,
                        before,
                        RECORDED));
            }
        });
    }

    /** By class and reason, with the first tests' names; of a class with many reasons, such as a suite that has profiles, the sum. */
    private void addSkipped(List<String> lines) {
        for (TestClass one : classes) {
            String name = one.name() + " (" + one.module() + ")";
            Map<String, List<Skipped>> byReason = one.skipped().stream()
                    .collect(Collectors.groupingBy(Skipped::reason, TreeMap::new, Collectors.toList()));
            if (byReason.size() > NAMED) {
                lines.add("SKIPPED: " + name + ": " + one.skipped().size() + " tests for " + byReason.size()
                        + " reasons, such as: " + byReason.keySet().iterator().next());
            } else {
                byReason.forEach((reason, tests) -> lines.add("SKIPPED: " + name
                        + names(tests.stream().map(Skipped::test).toList()) + ": " + reason));
            }
        }
    }

    private void addFailed(List<String> lines) {
        classes.stream()
                .filter(one -> !one.failed().isEmpty())
                .map(one -> "FAILED: " + one.name() + " (" + one.module() + ")" + names(one.failed()))
                .forEach(lines::add);
    }

    /** Empty for a class as a whole. */
    private static String names(List<String> tests) {
        List<String> named = tests.stream().filter(name -> !name.isEmpty()).toList();
        String first = named.stream().limit(NAMED).map(name -> ", " + name).collect(Collectors.joining());
        return named.size() > NAMED ? first + " and " + (named.size() - NAMED) + " more" : first;
    }
}
