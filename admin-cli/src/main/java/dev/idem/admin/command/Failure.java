package dev.idem.admin.command;

import dev.idem.admin.settings.SettingsException;
import dev.idem.admin.stores.StoreException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says what went wrong in a sentence. What was not foreseen is a defect, and says how to report it. */
final class Failure implements IExecutionExceptionHandler {
    private final Session session;

    Failure(Session session) {
        this.session = session;
    }

    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        err.println(command.getColorScheme().errorText(sentence(failure)));
        if (session.debug()) {
            err.println(command.getColorScheme().stackTraceText(failure));
        }
        err.flush();
        return ExitCode.FAILED;
    }

    private static String sentence(Exception failure) {
        if (failure instanceof SettingsException || failure instanceof StoreException) {
            return String.valueOf(failure.getMessage());
        }
        return "This should not have happened: " + failure + ". Run again with --debug, and report what it shows.";
    }
}
