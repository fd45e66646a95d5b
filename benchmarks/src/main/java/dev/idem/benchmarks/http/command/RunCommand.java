package dev.idem.benchmarks.http.command;

import dev.idem.benchmarks.http.report.Machine;
import dev.idem.benchmarks.http.report.MarkedPart;
import dev.idem.benchmarks.http.report.Report;
import dev.idem.benchmarks.http.result.Results;
import dev.idem.benchmarks.http.run.Harness;
import dev.idem.benchmarks.http.run.Settings;
import dev.idem.benchmarks.http.server.BenchmarkException;
import dev.idem.embedded.process.EmbeddedServerException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program. */
@Command(
        name = "benchmarks/run",
        sortOptions = false,
        header = "Measures what the layer costs over HTTP, beside the resource alone and what else one could use.",
        description = {
            "",
            "Starts all it needs on this machine, has the variants take turns, writes a report in Markdown, and stops",
            "what it has started. Close what else uses the machine.",
            ""
        },
        usageHelpWidth = 100,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:the report is written", "1:the run failed, or a port is in use", "2:wrong usage"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  benchmarks/run --quick",
            "  benchmarks/run --variants unprotected,new-keys,repeats --scenes 64x2048"
        })
public final class RunCommand implements Callable<Integer> {
    private static final DateTimeFormatter FILE =
            DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmmss'.md'", Locale.ROOT).withZone(ZoneOffset.UTC);

    @Mixin
    private final RunOptions options = new RunOptions();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where the report goes (benchmarks/results/ and the time); - is the standard output.")
    private @Nullable Path out;

    @Option(
            names = "--readme",
            paramLabel = "FILE",
            description = "A page whose part between the comments 'benchmarks: begin' and 'benchmarks: end' becomes a"
                    + " short table of the results.")
    private @Nullable Path readme;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private RunCommand() {}

    /** The program, ready to execute a command line. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new RunCommand()).setOut(out).setErr(err);
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter progress = spec.commandLine().getOut();
        Instant begin = Instant.now();
        try {
            Settings settings = options.settings();
            Path file = out == null ? Path.of("benchmarks", "results", FILE.format(begin)) : out;
            boolean isStandard = file.toString().equals("-");
            if (!isStandard) {
                requireWritable(file);
            }
            if (readme != null) {
                MarkedPart.requireIn(readme);
            }
            Results results = new Harness(settings, progress).run();
            Report report = new Report(settings, results, Machine.here(), begin, again());
            if (isStandard) {
                progress.println(report.markdown());
            } else {
                Files.writeString(file, report.markdown());
            }
            if (readme != null) {
                MarkedPart.write(readme, report.summary());
            }
            progress.println("report: " + file);
            return 0;
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        } catch (BenchmarkException | EmbeddedServerException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return 1;
        }
    }

    /** Before an hour of work, not after it. */
    private static void requireWritable(Path file) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory == null || Files.isDirectory(file)) {
                throw new IllegalArgumentException("--out must name a file, not " + file);
            }
            Files.createDirectories(directory);
            if (!Files.isWritable(directory)) {
                throw new IllegalArgumentException("--out: " + directory + " cannot be written");
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("--out: " + file + " cannot be written: " + e, e);
        }
    }

    private String again() {
        List<String> arguments = spec.commandLine().getParseResult().originalArgs();
        return ("benchmarks/run " + String.join(" ", arguments)).strip();
    }
}
