package dev.idem.admin.command;

import dev.idem.accounts.UnusableUserException;
import dev.idem.accounts.UserExistsException;
import dev.idem.admin.output.OutputLostException;
import dev.idem.admin.output.TerminalText;
import dev.idem.admin.session.ExitCode;
import dev.idem.admin.session.FailureView;
import dev.idem.admin.session.Session;
import dev.idem.admin.settings.SettingsException;
import dev.idem.core.operations.UnavailableStore;
import dev.idem.core.store.StoreUnavailableException;
import dev.idem.postgres.schema.SchemaException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/**
 * Reports a failure in a sentence. An unexpected one is a defect, and the sentence says how to report it. Memory that this program
 * lacks is no failure of a store.
 */
final class Failure implements IExecutionExceptionHandler, IExecutionStrategy {
    private static final String OUT_OF_MEMORY =
            "idem-admin has run out of memory. Give it more: IDEM_ADMIN_JAVA_OPTS=-Xmx512m idem-admin …, or ask for less.";

    private final Session session;

    Failure(Session session) {
        this.session = session;
    }

    /** Executes a command. The library that calls it leaves errors to the Java virtual machine, and prints help itself. */
    @Override
    public int execute(ParseResult parsed) {
        CommandLine command = parsed.commandSpec().commandLine();
        try {
            int exitCode = new RunLast().execute(parsed);
            command.getOut().flush();
            return exitCode;
        } catch (OutputLostException e) {
            return lost(e, command);
        } catch (Error e) {
            return fail(e, FailureView.of(e instanceof OutOfMemoryError ? OUT_OF_MEMORY : unexpected(e)), command);
        }
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        return failure instanceof OutputLostException lost
                ? lost(lost, command)
                : fail(failure, view(failure), command);
    }

    /** People get a sentence; programs that asked for JSON get it as JSON, too. */
    private int fail(Throwable failure, FailureView view, CommandLine command) {
        int exitCode = report(failure, view.error().message(), command);
        try {
            session.showFailure(view);
            return exitCode;
        } catch (OutputLostException e) {
            return lost(e, command);
        }
    }

    /** A reader that has gone wants no more, and no sentence about it: {@code idem-admin list | head}. */
    private int lost(OutputLostException failure, CommandLine command) {
        return failure.readerHasGone()
                ? ExitCode.FAILED
                : report(failure, String.valueOf(failure.getMessage()), command);
    }

    private int report(Throwable failure, String sentence, CommandLine command) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(TerminalText.ofLines(sentence)));
        if (session.debug()) {
            failure.printStackTrace(err);
        }
        err.flush();
        return ExitCode.FAILED;
    }

    private FailureView view(Exception failure) {
        if (failure instanceof StoreUnavailableException unavailable) {
            UnavailableStore store = UnavailableStore.of(unavailable);
            return FailureView.of(session.sentence(store), store);
        }
        if (failure instanceof SchemaException) {
            return FailureView.of("postgresql: " + failure.getMessage());
        }
        boolean isAnOperators = failure instanceof SettingsException
                || failure instanceof UserExistsException
                || failure instanceof UnusableUserException;
        return FailureView.of(isAnOperators ? String.valueOf(failure.getMessage()) : unexpected(failure));
    }

    private String unexpected(Throwable failure) {
        return "Unexpected failure: " + failure
                + (session.debug()
                        ? ". Report this output."
                        : ". Run the command again with --debug, and report its output.");
    }
}
