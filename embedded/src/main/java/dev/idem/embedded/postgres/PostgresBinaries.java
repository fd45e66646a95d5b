package dev.idem.embedded.postgres;

import dev.idem.embedded.file.DirectoryTree;
import dev.idem.embedded.process.EmbeddedServerException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the jar. */
final class PostgresBinaries {

    private static final int OWNER_MAY_EXECUTE = 0100;

    private PostgresBinaries() {}

    /** Returns the installation's directory, a child of the given one, named after its content. */
    static Path extractTo(Path directory) throws IOException {
        Path installation = directory.resolve("postgres-" + fingerprint());
        if (!Files.isDirectory(installation)) {
            Files.createDirectories(directory);
            Path half = Files.createTempDirectory(directory, "postgres-half");
            unpack(half);
            try {
                Files.move(half, installation);
            } catch (FileSystemException e) {
                DirectoryTree.delete(half);
                if (!Files.isDirectory(installation)) { // else another process was faster
                    throw e;
                }
            }
        }
        return installation;
    }

    private static InputStream open() throws IOException {
        return open(System.getProperty("os.name"), System.getProperty("os.arch"));
    }

    /** @throws EmbeddedServerException if this program was built without PostgreSQL for that platform */
    static InputStream open(String system, String processor) throws IOException {
        try {
            return new BufferedInputStream(DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, processor));
        } catch (IllegalStateException notOnTheClassPath) {
            throw new EmbeddedServerException(
                    "This program has no PostgreSQL for " + system + " " + processor
                            + ": build it with -Dplatforms=all, or set DATABASE_URL to a server of your own",
                    notOnTheClassPath);
        }
    }

    /** Distinguishes builds of PostgreSQL, which nobody forges: at each start a SHA-256 would take a third of a second. */
    private static String fingerprint() throws IOException {
        CRC32 checksum = new CRC32();
        try (CheckedInputStream in = new CheckedInputStream(open(), checksum)) {
            long bytes = in.transferTo(OutputStream.nullOutputStream());
            return String.format(Locale.ROOT, "%08x%08x", checksum.getValue(), bytes);
        }
    }

    private static void unpack(Path target) throws IOException {
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(open()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = target.resolve(entry.getName()).normalize();
                Files.createDirectories(entry.isDirectory() ? path : path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else if (entry.isFile()) {
                    Files.copy(tar, path);
                    if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0
                            && !path.toFile().setExecutable(true)) {
                        throw new IOException("cannot make " + path + " executable");
                    }
                }
            }
        }
    }
}
