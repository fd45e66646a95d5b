package dev.idem.admin;

import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.output.ResultStream;
import dev.idem.admin.session.Shell;
import dev.idem.admin.settings.ShellEncoding;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.ExitCode;

/** The program's entrance. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // logs, metrics and libraries write for machines
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // what it says of itself is for programmers
        System.setOut(ResultStream.standardOutput());
        Optional<String> complaint = ShellEncoding.complaint(List.of(arguments));
        if (complaint.isPresent()) {
            System.err.println("An argument cannot be read. " + complaint.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(
                IdemAdmin.commandLine(Shell.ofThisProcess(), List.of(arguments)).execute(arguments));
    }
}
