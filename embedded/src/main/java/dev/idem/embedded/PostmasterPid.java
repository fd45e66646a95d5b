package dev.idem.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a running PostgreSQL keeps its pid, and which stays behind when it is killed. */
final class PostmasterPid {

    static final String FILE_NAME = "postmaster.pid";

    private PostmasterPid() {}

    /** The process that the file names, if that pid is in use; whose it is remains to be shown. */
    static Optional<ProcessHandle> read(Path cluster) throws IOException {
        try {
            return Files.readAllLines(cluster.resolve(FILE_NAME)).stream()
                    .findFirst()
                    .flatMap(Numbers::positiveInt)
                    .flatMap(ProcessHandle::of);
        } catch (NoSuchFileException notRunning) {
            return Optional.empty();
        }
    }
}
