package dev.idem.benchmarks.http;

import dev.idem.benchmarks.http.command.RunCommand;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The load harness's entrance. */
public final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT); // logs, metrics and libraries write for machines
        System.exit(
                RunCommand.commandLine(writer(System.out), writer(System.err)).execute(arguments));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }
}
