package dev.idem.benchmarks.http.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The part of a page between two comments, which a run writes anew. */
public final class MarkedPart {
    private static final String BEGIN = "<!-- benchmarks: begin -->\n";
    private static final String END = "<!-- benchmarks: end -->";

    private MarkedPart() {}

    /** @throws IllegalArgumentException if the file has no such part */
    public static void requireIn(Path page) throws IOException {
        if (!Files.isRegularFile(page)) {
            throw new IllegalArgumentException("--readme: there is no file " + page);
        }
        String unused = replaced(Files.readString(page), "");
    }

    /** Writes the part, and leaves the rest as it is. */
    public static void write(Path page, String part) throws IOException {
        Files.writeString(page, replaced(Files.readString(page), part));
    }

    private static String replaced(String page, String part) {
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, Math.max(0, begin));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException(
                    "--readme must name a page that has the lines " + BEGIN.strip() + " and " + END);
        }
        return page.substring(0, begin + BEGIN.length()) + part + page.substring(end);
    }
}
