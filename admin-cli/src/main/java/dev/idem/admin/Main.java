package dev.idem.admin;

import dev.idem.admin.command.IdemAdmin;
import dev.idem.admin.output.ResultStream;
import dev.idem.admin.session.Shell;
import java.util.List;

/** The program's entrance. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.setProperty("slf4j.internal.verbosity", "ERROR"); // what it says of itself is for programmers
        System.setOut(ResultStream.standardOutput());
        System.exit(
                IdemAdmin.commandLine(Shell.ofThisProcess(), List.of(arguments)).execute(arguments));
    }
}
