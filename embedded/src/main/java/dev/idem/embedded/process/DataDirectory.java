package dev.idem.embedded.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The directory of all files of the embedded servers.
 *
 * @param path absolute and without symbolic links, so that equal directories have equal paths
 */
public record DataDirectory(Path path) {

    /** Creates the directory unless it exists. */
    public static DataDirectory create(Path path) {
        try {
            return new DataDirectory(Files.createDirectories(path).toRealPath());
        } catch (IOException e) {
            throw new EmbeddedServerException("the data directory " + path + " cannot be created: " + e, e);
        }
    }

    public static Optional<DataDirectory> existing(Path path) {
        return Files.isDirectory(path) ? Optional.of(create(path)) : Optional.empty();
    }

    public Path resolve(String subdirectory) {
        return path.resolve(subdirectory);
    }
}
