package dev.idem.embedded.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds the directory for unpacked programs. */
public final class BinaryCache {

    private BinaryCache() {}

    /**
     * In the user's cache, which all data directories share. Not in the system's temporary directory: it may be cleaned while a
     * server runs, and other users may place programs there.
     *
     * @param otherwise the directory to use if the user's home is not writable
     */
    public static Path directory(Path otherwise) throws IOException {
        Path cache = Path.of(System.getProperty("user.home"), ".cache", "idem-embedded");
        return isUsable(cache) ? cache : Files.createDirectories(otherwise);
    }

    private static boolean isUsable(Path cache) {
        try {
            return Files.isWritable(Files.createDirectories(cache));
        } catch (IOException homeIsReadOnly) {
            return false;
        }
    }
}
