package dev.idem.conformance;

import dev.idem.conformance.command.ConformanceCommand;
import java.io.PrintWriter;

/** The program's entrance. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ConformanceCommand.commandLine(new PrintWriter(System.out, true), new PrintWriter(System.err, true))
                .execute(arguments));
    }
}
