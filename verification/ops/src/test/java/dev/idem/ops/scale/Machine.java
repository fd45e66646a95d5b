package dev.idem.ops.scale;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What this machine has left for stores.
 *
 * @param memory bytes; 0 where nobody says so
 * @param disk bytes
 */
record Machine(long memory, long disk) {
    /** Redis keeps a record in 0.9 KiB; the rest is for PostgreSQL, and for a copy while Redis writes its file. */
    private static final long MEMORY_OF_A_RECORD = 1_400;

    /** PostgreSQL's table and its log, and Redis's file. */
    private static final long DISK_OF_A_RECORD = 5_000;

    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Pattern AVAILABLE = Pattern.compile("MemAvailable:\\s+(\\d+) kB");

    static Machine ofThisProcess(Path directory) throws IOException {
        Matcher found = AVAILABLE.matcher(Files.isReadable(MEMORY) ? Files.readString(MEMORY) : "");
        return new Machine(
                found.find() ? Long.parseLong(found.group(1)) << 10 : 0,
                Files.getFileStore(directory).getUsableSpace());
    }

    boolean holds(int records) {
        return memory >= records * MEMORY_OF_A_RECORD && disk >= records * DISK_OF_A_RECORD;
    }

    @Override
    public String toString() {
        return "%,d MB of memory and %,d MB of disk space".formatted(memory >> 20, disk >> 20);
    }
}
