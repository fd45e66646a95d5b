package dev.idem.admin.command.user;

import dev.idem.admin.session.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A password on the standard input: an argument would be seen by everybody on this machine. */
final class PasswordInput {
    private PasswordInput() {}

    /** @throws ParameterException of this command if there is none */
    static String firstLine(Shell shell, CommandLine command) {
        try {
            @Nullable
            String line = new BufferedReader(new InputStreamReader(shell.input(), StandardCharsets.UTF_8)).readLine();
            if (line == null || line.isEmpty()) {
                throw new ParameterException(command, "The first line of the standard input has no password.");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
