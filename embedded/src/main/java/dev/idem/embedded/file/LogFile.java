package dev.idem.embedded.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A server's own log. */
public record LogFile(Path path) {

    private static final int TAIL_BYTES = 4096;

    /** Where a later {@link #since} begins. */
    public long end() throws IOException {
        return Files.exists(path) ? Files.size(path) : 0;
    }

    /** The last few lines written after the given position. */
    public String since(long position) throws IOException {
        if (!Files.exists(path)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            long from = Math.max(Math.min(position, file.length()), file.length() - TAIL_BYTES);
            byte[] tail = new byte[(int) (file.length() - from)];
            file.seek(from);
            file.readFully(tail);
            return new String(tail, StandardCharsets.UTF_8).strip();
        }
    }
}
