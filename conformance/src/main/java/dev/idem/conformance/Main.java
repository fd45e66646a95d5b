package dev.idem.conformance;

import dev.idem.conformance.command.ConformanceCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** The program's entrance. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        System.exit(ConformanceCommand.commandLine(writer(System.out), writer(System.err))
                .execute(arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
