package dev.idem.benchmarks.http.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * A JDK that can run the measured servers.
 *
 * @param feature its version, such as 17
 */
public record Jdk(int feature, Path home) {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    /** The JDK of this process. */
    public static Jdk own() {
        return new Jdk(Runtime.version().feature(), Path.of(System.getProperty("java.home")));
    }

    /**
     * The JDK with this version: this process's, or the first that is installed on the system.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Jdk of(int feature) {
        return find(feature)
                .orElseThrow(() -> new IllegalArgumentException("--jdks: there is no JDK " + feature + " in "
                        + INSTALLED
                        + "; found: "
                        + installed().stream().map(Jdk::feature).distinct().toList()));
    }

    /** As {@link #of}, empty if there is none. */
    public static Optional<Jdk> find(int feature) {
        if (feature == own().feature) {
            return Optional.of(own());
        }
        return installed().stream().filter(jdk -> jdk.feature == feature).findFirst();
    }

    private static List<Jdk> installed() {
        List<Jdk> found = new ArrayList<>();
        if (!Files.isDirectory(INSTALLED)) {
            return found;
        }
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(INSTALLED)) {
            for (Path home : homes) {
                if (Files.isExecutable(home.resolve("bin/java"))) {
                    version(home).ifPresent(feature -> found.add(new Jdk(feature, home)));
                }
            }
        } catch (IOException e) {
            throw new BenchmarkException(INSTALLED + " cannot be read: " + e, e);
        }
        found.sort(Comparator.comparing(Jdk::home));
        return found;
    }

    private static Optional<Integer> version(Path home) throws IOException {
        Path release = home.resolve("release");
        if (!Files.isRegularFile(release)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (BufferedReader reader = Files.newBufferedReader(release)) {
            properties.load(reader);
        }
        String version = properties.getProperty("JAVA_VERSION", "").replace("\"", "");
        return version.isEmpty()
                ? Optional.empty()
                : Optional.of(Runtime.Version.parse(version).feature());
    }

    public String java() {
        return home.resolve("bin/java").toString();
    }
}
