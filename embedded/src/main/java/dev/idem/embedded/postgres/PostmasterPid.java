package dev.idem.embedded.postgres;

import dev.idem.embedded.file.Numbers;
import dev.idem.embedded.file.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file that contains the pid of a running PostgreSQL. It remains after the server is killed. */
final class PostmasterPid {

    static final String FILE_NAME = "postmaster.pid";

    /** Higher than any system's pids. */
    private static final String NOBODY = "99999999";

    private PostmasterPid() {}

    /** The process with the pid in the file, if there is one. It may be another program. */
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

    /**
     * Replaces the pid by one that no process has. Call it only when no server of the cluster runs. PostgreSQL refuses to start
     * while the pid in the file is in use, even by a zombie or by another program. The rest of the file stays: by it PostgreSQL
     * checks that the last processes of the killed server have ended.
     */
    static void disown(Path cluster) throws IOException {
        Path file = cluster.resolve(FILE_NAME);
        if (Files.isRegularFile(file)) {
            PrivateFile.write(cluster, FILE_NAME, Files.readString(file).replaceFirst("^[0-9]+", NOBODY));
        }
    }
}
