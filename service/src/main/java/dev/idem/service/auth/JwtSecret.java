package dev.idem.service.auth;

import dev.idem.service.stores.StartupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;

/** The secret of an embedded installation. It is created once in the data directory, readable by its owner only. */
public final class JwtSecret {
    private static final String FILE = "jwt-secret";
    private static final int BYTES = 48;
    private static final int MIN_LENGTH = 32;

    private JwtSecret() {}

    /** @throws StartupException if it can neither be read nor written */
    public static String ofDataDirectory(Path dataDirectory) {
        Path file = dataDirectory.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return checked(file, Files.readString(file).strip());
        } catch (IOException e) {
            throw new StartupException(
                    "The secret in " + file + " cannot be read or created: give the process access, or set"
                            + " JWT_SECRET (" + e + ")",
                    e);
        }
    }

    /** A process that died while writing may have left a shorter secret. */
    private static String checked(Path file, String secret) {
        if (secret.length() < MIN_LENGTH) {
            throw new StartupException("The secret in " + file + " has fewer than " + MIN_LENGTH
                    + " characters: delete the file to have a new one created; all users must then log in again");
        }
        return secret;
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        Files.createDirectories(file.getParent());
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] ownerOnly = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel = Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
            channel.write(StandardCharsets.US_ASCII.encode(Base64.getEncoder().encodeToString(random)));
        } catch (FileAlreadyExistsException another) {
            // Another process was quicker; both use its secret.
        }
    }
}
