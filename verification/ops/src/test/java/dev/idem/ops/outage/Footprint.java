package dev.idem.ops.outage;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process of Java keeps.
 *
 * @param liveBytes of its heap, after a full collection
 * @param threads of the operating system
 * @param files open ones, sockets among them
 */
record Footprint(long liveBytes, long threads, long files) {
    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    /** Collects the process's garbage first. */
    static Footprint of(long pid) throws IOException, InterruptedException {
        Path process = Path.of("/proc", Long.toString(pid));
        return new Footprint(liveBytes(pid), entries(process.resolve("task")), entries(process.resolve("fd")));
    }

    private static long liveBytes(long pid) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (BufferedReader lines = jcmd.inputReader()) {
            String last = lines.lines().reduce("", (before, line) -> line);
            Matcher total = TOTAL.matcher(last);
            if (jcmd.waitFor() != 0 || !total.find()) {
                throw new IllegalStateException("jcmd says: " + last);
            }
            return Long.parseLong(total.group(1));
        }
    }

    private static long entries(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.count();
        }
    }

    /** Of the middle third and the last third: their medians of this number. */
    static List<Long> medians(List<Footprint> over, ToLongFunction<Footprint> number) {
        if (over.size() < 3) {
            throw new IllegalArgumentException(
                    "thirds need three samples, and there are " + over.size() + ": the test was too short");
        }
        int third = over.size() / 3;
        List<Long> medians = new ArrayList<>();
        for (List<Footprint> part :
                List.of(over.subList(third, over.size() - third), over.subList(over.size() - third, over.size()))) {
            medians.add(part.stream()
                    .mapToLong(number)
                    .sorted()
                    .skip(part.size() / 2)
                    .findFirst()
                    .orElseThrow());
        }
        return medians;
    }
}
