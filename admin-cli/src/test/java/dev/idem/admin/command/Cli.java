package dev.idem.admin.command;

import dev.idem.admin.output.ResultStream;
import dev.idem.admin.session.Shell;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** The program in a shell of the test's making. Immutable: each change gives another shell. */
record Cli(Map<String, String> environment, Path directory, String input, Optional<Supplier<@Nullable String>> typed) {

    /** What a run left behind. */
    record Run(int exitCode, String out, String err) {}

    /** Nothing set, no terminal, no input. */
    static Cli in(Path directory) {
        return new Cli(Map.of(), directory, "", Optional.empty());
    }

    Cli with(String variable, String value) {
        Map<String, String> more = new HashMap<>(environment);
        more.put(variable, value);
        return new Cli(Map.copyOf(more), directory, input, typed);
    }

    Cli input(String text) {
        return new Cli(environment, directory, text, typed);
    }

    /** At a terminal, where this will be typed. */
    Cli typing(Supplier<@Nullable String> line) {
        return new Cli(environment, directory, input, Optional.of(line));
    }

    Run run(String... arguments) {
        StringWriter out = new StringWriter();
        Run run = run(new PrintWriter(out, true), arguments);
        return new Run(run.exitCode(), out.toString(), run.err());
    }

    /** Writes results there, as {@code >} does; they are not in the run. */
    Run runInto(OutputStream place, String... arguments) {
        ResultStream results = new ResultStream(place, "The standard output");
        return run(new PrintWriter(results, true, StandardCharsets.UTF_8), arguments);
    }

    private Run run(PrintWriter out, String... arguments) {
        StringWriter err = new StringWriter();
        InputStream stdin = new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8));
        CommandLine program = IdemAdmin.commandLine(new Shell(environment, directory, stdin, typed), List.of(arguments))
                .setOut(out)
                .setErr(new PrintWriter(err, true));
        int exitCode = program.execute(arguments);
        return new Run(exitCode, "", err.toString());
    }
}
