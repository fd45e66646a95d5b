package dev.idem.embedded.postgres;

import dev.idem.embedded.file.DirectoryTree;
import dev.idem.embedded.file.Password;
import dev.idem.embedded.file.PrivateFile;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A cluster that {@code initdb} created once for this user and these programs. Disposable servers begin as copies of it and share
 * its password, because a copy takes a third of the time.
 *
 * @param directory kept beside the unpacked programs, and never written again
 */
record ClusterTemplate(Path directory) {
    private static final String CLUSTER = "data";
    private static final String PASSWORD = "password";

    /** The password is random and long; hashing it 4,096 times for each connection would be half of what a short test takes. */
    private static final String QUICK_LOG_IN = "--set=scram_iterations=1";

    /** Makes the template unless one with the same options exists. Concurrent callers may both make one; either will do. */
    static ClusterTemplate of(Path installation, UnprivilegedUser user) throws IOException {
        ClusterTemplate template = new ClusterTemplate(
                installation.resolveSibling("cluster-" + madeWith(user) + "-of-" + installation.getFileName()));
        if (!Files.isDirectory(template.directory)) {
            Path half = Files.createTempDirectory(installation.getParent(), "cluster-half");
            try {
                String password = Password.generate();
                new PostgresPrograms(installation, user, half, half.resolve(CLUSTER), half.resolve("initdb.log"))
                        .initialise(password, QUICK_LOG_IN);
                PrivateFile.write(half, PASSWORD, password);
                Files.move(half, template.directory);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(template.directory)) { // else another process was faster
                    throw e;
                }
            } finally {
                DirectoryTree.delete(half);
            }
        }
        return template;
    }

    /** A name for everything that affects how the cluster is made, so that a different one is not reused. */
    private static String madeWith(UnprivilegedUser user) {
        List<Object> options = List.of(PostgresPrograms.CLUSTER_OPTIONS, QUICK_LOG_IN, user.prefix());
        return Integer.toHexString(options.toString().hashCode());
    }

    String password() throws IOException {
        return Files.readString(directory.resolve(PASSWORD));
    }

    void copyTo(Path cluster) throws IOException {
        DirectoryTree.copy(directory.resolve(CLUSTER), cluster);
    }
}
