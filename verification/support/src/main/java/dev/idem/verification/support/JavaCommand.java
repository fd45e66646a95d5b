package dev.idem.verification.support;

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

    public static JavaCommand ofJar(String file) {
        return new JavaCommand(HEAP, List.of("-jar", file));
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
