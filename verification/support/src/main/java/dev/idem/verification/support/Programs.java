package dev.idem.verification.support;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/**
 * The programs of this machine. Immutable.
 *
 * @param path the folders in which programs are looked for, in order
 * @param required whether a missing one is a failure rather than a reason to leave a test out
 */
public record Programs(List<Path> path, boolean required) {
    /** Each reason for leaving a test out begins so; the build's report looks for it. */
    public static final String REASON = "this machine lacks ";

    /** Of this machine, required if the build was started with {@code -Dtools=required}. */
    public static Programs here() {
        return of(System.getenv(), System.getProperty("tools", "optional"));
    }

    static Programs of(Map<String, String> environment, String tools) {
        boolean required =
                switch (tools) {
                    case "required" -> true;
                    case "optional" -> false;
                    default -> throw new IllegalArgumentException("tools must be required or optional, not " + tools);
                };
        return new Programs(
                Stream.of(environment.getOrDefault("PATH", "").split(File.pathSeparator, -1))
                        .filter(folder -> !folder.isBlank())
                        .map(Path::of)
                        .toList(),
                required);
    }

    /** Where a program is, if it is installed. */
    public Optional<Path> find(String name) {
        return path.stream()
                .map(folder -> folder.resolve(name))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst();
    }

    /** Why a test that needs these cannot run here; empty if it can. */
    Optional<String> missing(Collection<String> names) {
        List<String> missing =
                names.stream().filter(name -> find(name).isEmpty()).toList();
        return missing.isEmpty() ? Optional.empty() : Optional.of(REASON + String.join(" and ", missing));
    }

    /**
     * Leaves the test out if something that it needs cannot be had, for which it has to be tried.
     *
     * @param what that is needed, such as {@code the packages of the clients}
     * @param why it cannot be had
     * @throws TestAbortedException if it cannot be had and may be missing
     * @throws AssertionError if it cannot be had and is required
     */
    public void need(boolean available, String what, Supplier<String> why) {
        if (!available) {
            String reason = REASON + what + ": " + why.get();
            if (required) {
                throw new AssertionError(reason);
            }
            throw new TestAbortedException(reason);
        }
    }
}
