package dev.idem.conformance.command;

import dev.idem.conformance.cases.Catalogue;
import dev.idem.conformance.exchange.Server;
import dev.idem.conformance.http.Header;
import dev.idem.conformance.profile.Profile;
import dev.idem.conformance.report.CasesPage;
import dev.idem.conformance.report.Summary;
import dev.idem.conformance.suite.Case;
import dev.idem.conformance.suite.Result;
import dev.idem.conformance.suite.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program. */
@Command(
        name = "conformance",
        sortOptions = false,
        header = "Finds out how an HTTP API treats repeated requests.",
        usageHelpWidth = 100,
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all cases passed", "1:some failed", "2:wrong usage, or nobody answers at the base URL"},
        footerHeading = "%nExamples:%n",
        footer = {
            "  conformance --base-url http://127.0.0.1:8080 --path /orders --body '{\"item\":1}'",
            "  conformance --base-url http://127.0.0.1:8080 --probe /probe --profile ietf"
        })
public final class ConformanceCommand implements Callable<Integer> {
    private static final int SOME_FAILED = 1;

    @Mixin
    private final ServerOptions options = new ServerOptions();

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            defaultValue = "ours",
            description = "Whose rules: ours, ietf, stripe-v1 or azure (${DEFAULT-VALUE}).")
    private Profile profile = Profile.OURS;

    @Option(
            names = "--case",
            paramLabel = "ID",
            split = ",",
            description = "Only this case, or those that begin so. May be repeated.")
    private List<String> chosen = List.of("");

    @Option(
            names = "--parallel",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many cases run at a time (${DEFAULT-VALUE}).")
    private int parallel;

    @Option(
            names = "--write-docs",
            paramLabel = "FILE",
            description = "Writes the page that describes the cases (- to the standard output), and does nothing else.")
    private @Nullable Path page;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli reads it
    private boolean help;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    private ConformanceCommand() {}

    /** The program, ready to execute a command line. */
    public static CommandLine commandLine(PrintWriter out, PrintWriter err) {
        return new CommandLine(new ConformanceCommand())
                .registerConverter(Duration.class, new Durations())
                .registerConverter(Header.class, ConformanceCommand::header)
                .registerConverter(Profile.class, ConformanceCommand::profile)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err);
    }

    @Override
    public Integer call() throws Exception {
        if (page != null) {
            String text = CasesPage.of(Catalogue.themes());
            if (page.toString().equals("-")) {
                spec.commandLine().getOut().print(text);
                spec.commandLine().getOut().flush();
            } else {
                Files.writeString(page, text);
            }
            return 0;
        }
        List<Case> cases = Catalogue.cases().stream()
                .filter(one -> chosen.stream().anyMatch(one.id()::startsWith))
                .toList();
        if (cases.isEmpty()) {
            throw wrong("--case " + chosen + ": there is no such case; docs/conformance.md lists them");
        }
        List<Result> results = run(cases);
        new Summary(profile, results).print(spec.commandLine().getOut());
        return Summary.failures(results).isEmpty() ? 0 : SOME_FAILED;
    }

    private List<Result> run(List<Case> cases) throws InterruptedException {
        try {
            Server server = options.server(profile);
            Preflight.check(server);
            return new Suite(cases).run(server, profile, parallel);
        } catch (IllegalArgumentException e) {
            throw wrong(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw wrong("--base-url: " + e.getMessage());
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    private static Header header(String line) {
        try {
            return Header.parse(line);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }

    private static Profile profile(String name) {
        return Profile.named(name)
                .orElseThrow(() -> new TypeConversionException("'" + name + "' is not ours, ietf, stripe-v1 or azure"));
    }
}
