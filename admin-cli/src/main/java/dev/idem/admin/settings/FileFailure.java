package dev.idem.admin.settings;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** Why a file cannot be used, in words: most of Java's messages are the file's name alone. */
public final class FileFailure {
    private FileFailure() {}

    public static String why(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        @Nullable String said = failure instanceof FileSystemException file ? file.getReason() : failure.getMessage();
        return said == null || said.isBlank() ? "the system does not say why" : said;
    }
}
