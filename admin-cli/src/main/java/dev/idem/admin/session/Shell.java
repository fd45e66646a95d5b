package dev.idem.admin.session;

import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the program was called from.
 *
 * @param environment the environment variables
 * @param directory where a relative path begins
 * @param input the standard input
 * @param terminal a person's next line, null at its end; empty in scripts and pipes
 */
public record Shell(
        Map<String, String> environment,
        Path directory,
        InputStream input,
        Optional<Supplier<@Nullable String>> terminal) {

    /** The shell that this process was started from. */
    public static Shell ofThisProcess() {
        return new Shell(
                System.getenv(),
                Path.of(""),
                System.in,
                Optional.ofNullable(System.console()).map(console -> console::readLine));
    }
}
