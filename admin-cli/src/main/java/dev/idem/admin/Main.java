package dev.idem.admin;

import dev.idem.admin.command.IdemAdmin;
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
        Optional<String> complaint = ShellEncoding.complaint(List.of(arguments));
        if (complaint.isPresent()) {
            System.err.println("An argument cannot be read. " + complaint.get());
            System.exit(ExitCode.USAGE);
        }
        System.exit(
                IdemAdmin.commandLine(Shell.ofThisProcess(), List.of(arguments)).execute(arguments));
    }
}
