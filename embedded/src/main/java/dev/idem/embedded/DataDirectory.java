package dev.idem.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where everything of the embedded servers lies.
 *
 * @param path absolute and without symbolic links, so that all who mean the same directory name it alike
 */
record DataDirectory(Path path) {

    /** Creates it if there is none. */
    static DataDirectory create(Path path) {
        try {
            return new DataDirectory(Files.createDirectories(path).toRealPath());
        } catch (IOException e) {
            throw new EmbeddedServerException("the data directory " + path + " cannot be created: " + e, e);
        }
    }

    static Optional<DataDirectory> existing(Path path) {
        return Files.isDirectory(path) ? Optional.of(create(path)) : Optional.empty();
    }

    Path resolve(String subdirectory) {
        return path.resolve(subdirectory);
    }
}
