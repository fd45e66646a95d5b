package dev.idem.ops.scale;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The processes that this one has started. */
final class Children {
    private static final Path STATISTICS = Path.of("/proc/self/stat");
    private static final int USER = 13;
    private static final int SYSTEM = 14;

    /** Linux counts in this unit whatever its kernel does (proc(5), sysconf(3)). */
    private static final Duration TICK = Duration.ofMillis(10);

    private Children() {}

    /** The processor time of those that have ended. Skips the test where the system does not say so. */
    static Duration processorTime() throws IOException {
        assumeTrue(Files.isReadable(STATISTICS), "only where Linux counts processor time in " + STATISTICS);
        String line = Files.readString(STATISTICS);
        List<String> afterName =
                List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
        return TICK.multipliedBy(Long.parseLong(afterName.get(USER)) + Long.parseLong(afterName.get(SYSTEM)));
    }
}
