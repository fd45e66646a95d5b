package dev.idem.admin.command;

import dev.idem.admin.output.Json;
import dev.idem.admin.output.TerminalText;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.FailureView;
import dev.idem.admin.session.Session;
import java.io.PrintWriter;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Reports wrong usage in a sentence with a pointer to the help: a whole page of help would bury it.
 * Programs that asked for JSON get it as JSON, too.
 */
final class UsageException implements IParameterExceptionHandler {
    private static final Pattern JSON = Pattern.compile("(?i)(?:^| )(?:-o|--output)[ =]?json(?: |$)");

    private final Session session;

    UsageException(Session session) {
        this.session = session;
    }

    @Override
    public int handleParseException(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        String said = PlainWording.of(String.valueOf(failure.getMessage()));
        err.println(command.getColorScheme().errorText(TerminalText.ofLines(said)));
        UnmatchedArgumentException.printSuggestions(failure, err);
        err.println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        if (session.forPrograms() || asksForJson(arguments)) {
            command.getOut().println(new Json().line(FailureView.of(said)));
            command.getOut().flush();
        }
        return ExitCode.WRONG_USAGE;
    }

    /** The format may stand after the word that is wrong, which nobody has read then. */
    private static boolean asksForJson(String[] arguments) {
        return JSON.matcher(String.join(" ", arguments)).find();
    }
}
