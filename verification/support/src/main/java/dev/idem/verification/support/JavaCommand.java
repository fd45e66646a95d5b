package dev.idem.verification.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * How a test starts a JVM of its own: every such JVM gets its options here. Immutable.
 *
 * @param heap the most of it, such as {@code 128m}
 * @param program what the JVM is to run, as {@code java} expects it
 */
public record JavaCommand(String heap, List<String> program) {
    private static final String HEAP = "256m";

    /** For all of them: they start fast and live for seconds. Classes of this build need no verification. */
    private static final List<String> OPTIONS = List.of(
            "-Xshare:auto",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=256m",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:-BytecodeVerificationRemote");

    /** A jar, with the archive of its classes if there is one beside it: a start then takes two thirds of the processor's time. */
    public static JavaCommand ofJar(String file) {
        JavaCommand jar = new JavaCommand(HEAP, List.of("-jar", file));
        Path archive = archiveOf(Path.of(file));
        return Files.exists(archive) ? jar.withOption("-XX:SharedArchiveFile=" + archive) : jar;
    }

    /** Where the archive of a jar's classes is: {@code service.jsa} beside {@code service.jar}. */
    public static Path archiveOf(Path jar) {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("[.]jar$", ".jsa"));
    }

    /** One that leaves its classes in an archive when it ends (JEP 350). */
    public JavaCommand leaving(Path archive) {
        return withOption("-XX:ArchiveClassesAtExit=" + archive);
    }

    private JavaCommand withOption(String option) {
        return new JavaCommand(
                heap, Stream.concat(Stream.of(option), program.stream()).toList());
    }

    /** A class of this process's class path. */
    public static JavaCommand ofClass(Class<?> main) {
        return ofClass(main, System.getProperty("java.class.path"));
    }

    public static JavaCommand ofClass(Class<?> main, String classPath) {
        return new JavaCommand(HEAP, List.of("-cp", classPath, main.getName()));
    }

    public JavaCommand withHeap(String most) {
        return new JavaCommand(most, program);
    }

    /** The whole command line, as {@link ProcessBuilder} takes it. */
    public List<String> with(String... arguments) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return Stream.of(List.of(java, "-Xmx" + heap), OPTIONS, program, List.of(arguments))
                .flatMap(List::stream)
                .toList();
    }
}
