package dev.idem.admin.command;

import java.io.BufferedReader;
import java.io.Console;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where the program was called from.
 *
 * @param environment the environment variables
 * @param directory where a relative path begins
 * @param input the standard input
 * @param terminal where a person can be asked; empty in scripts and pipes
 */
public record Shell(
        Map<String, String> environment, Path directory, InputStream input, Optional<BufferedReader> terminal) {

    /** The shell that this process was started from. */
    public static Shell ofThisProcess() {
        return new Shell(
                System.getenv(),
                Path.of(""),
                System.in,
                Optional.ofNullable(System.console()).map(Console::reader).map(BufferedReader::new));
    }
}
