package dev.idem.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** The file in which a running PostgreSQL keeps its pid, and which stays behind when it is killed. */
final class PostmasterPid {

    static final String FILE_NAME = "postmaster.pid";

    /** Higher than any system's pids. */
    private static final String NOBODY = "99999999";

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

    /**
     * Makes the file name no process. To be called only when no server of the cluster runs: PostgreSQL refuses to start
     * while the pid in the file is in use, be it by a zombie or by some other program. The rest of the file stays; with
     * it PostgreSQL makes sure that the killed server's last processes are gone as well.
     */
    static void disown(Path cluster) throws IOException {
        Path file = cluster.resolve(FILE_NAME);
        if (Files.isRegularFile(file)) {
            PrivateFile.write(cluster, FILE_NAME, Files.readString(file).replaceFirst("^[0-9]+", NOBODY));
        }
    }
}
