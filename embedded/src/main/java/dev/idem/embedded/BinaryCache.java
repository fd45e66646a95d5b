package dev.idem.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where unpacked programs are kept. */
final class BinaryCache {

    private BinaryCache() {}

    /**
     * In the user's cache, shared by all data directories. Not in the system's temporary directory: that may be swept
     * while a server runs, and others may plant programs there.
     *
     * @param otherwise where to if the user's home cannot be written
     */
    static Path directory(Path otherwise) throws IOException {
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
