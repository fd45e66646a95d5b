package dev.idem.postgres.connect;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * libpq's password file: lines of {@code host:port:database:user:password}, the first that fits counts, and an asterisk fits
 * anything. A backslash precedes a colon or a backslash that is part of a value. A file that others may read is not used.
 */
record PasswordFile(Path path) {
    private static final Logger log = LoggerFactory.getLogger(PasswordFile.class);
    private static final int FIELDS = 5;
    private static final Set<PosixFilePermission> OF_OTHERS =
            EnumSet.range(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_EXECUTE);

    Optional<String> password(String host, String port, String database, String user) {
        List<String> sought = List.of(host, port, database, user);
        return lines().stream()
                .filter(line -> !line.startsWith("#"))
                .map(PasswordFile::fields)
                .filter(fields -> fields.size() == FIELDS && fits(fields, sought))
                .map(fields -> fields.get(FIELDS - 1))
                .findFirst();
    }

    private List<String> lines() {
        try {
            if (!Files.isRegularFile(path)) {
                return List.of();
            }
            if (isOpenToOthers()) {
                log.warn("the password file {} is not used: others may read it. Set its permissions to 0600", path);
                return List.of();
            }
            return Files.readAllLines(path);
        } catch (IOException e) {
            log.warn("the password file {} cannot be read: {}", path, e.toString());
            return List.of();
        }
    }

    private boolean isOpenToOthers() throws IOException {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                && Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
    }

    private static boolean fits(List<String> fields, List<String> sought) {
        for (int i = 0; i < sought.size(); i++) {
            if (!fields.get(i).equals("*") && !fields.get(i).equals(sought.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static List<String> fields(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ':' && fields.size() < FIELDS - 1) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c == '\\' && i + 1 < line.length() ? line.charAt(++i) : c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
